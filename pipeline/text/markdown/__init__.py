"""What Markdown writers use beyond CommonMark: notes, terms, boxes, attributes, abbreviations, templates."""
