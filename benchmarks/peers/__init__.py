"""Programs that others would write, to be timed beside ours."""
