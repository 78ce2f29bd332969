"""Word documents: runs, paragraphs, packages."""
