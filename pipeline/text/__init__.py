"""Text as spans: sentences, words, written ↔ spoken."""
