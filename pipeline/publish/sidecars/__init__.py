"""Files beside the audio: one module each, reached by name."""
