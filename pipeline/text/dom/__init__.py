"""Pages as trees: where the article stands, what is clutter, and what each element becomes."""
