"""What a string is on a page: direction, isolates, control characters, escapes."""
