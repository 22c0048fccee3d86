"""Document becomes narration script."""
