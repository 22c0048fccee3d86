"""Script becomes clips."""
