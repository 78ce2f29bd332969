"""Commands without their command line: each takes a project and returns what it did or what it found."""
