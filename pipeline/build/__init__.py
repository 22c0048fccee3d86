"""The hall: it alone knows the order of the rooms."""
