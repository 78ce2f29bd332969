"""The checks, a family a module."""
