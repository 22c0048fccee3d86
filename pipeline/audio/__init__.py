"""Sound as arrays: pcm, level, loudness, decoding."""
