"""Books: package, navigation and pages of an EPUB as one tree with chapters."""
