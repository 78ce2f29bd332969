"""A project's glossary: its terms and names in each language, with their inflected forms."""

from dragoman.glossary.forms import found
from dragoman.glossary.glossary_file import Glossary, Term, Wording, read

__all__ = ["Glossary", "Term", "Wording", "found", "read"]
