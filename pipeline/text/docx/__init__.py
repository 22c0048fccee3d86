"""Word documents: vetted, rewritten so that nothing is lost in mammoth, and grouped into what the walker knows."""
