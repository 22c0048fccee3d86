"""Script and clips become a timeline."""
