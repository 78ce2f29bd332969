"""Display properties of strings: direction, isolates, control characters, XML escapes."""
