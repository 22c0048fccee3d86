"""What is timed, by ratio within one run: this machine may be busy with other things."""
