"""The workbench: a place in the browser where translators and editors work on a project's own files."""
