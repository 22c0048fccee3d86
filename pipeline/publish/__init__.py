"""Timeline becomes files."""
