"""Feeds: RSS, Atom and JSON Feed to entries."""
