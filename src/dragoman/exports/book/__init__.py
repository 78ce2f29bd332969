"""Books for e-readers: chapters, the table of contents for old readers, and the cover."""
