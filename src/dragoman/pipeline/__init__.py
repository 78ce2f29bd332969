"""The verbs: each takes a project and gives back what it did or found."""
