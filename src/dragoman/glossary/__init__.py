"""A project's glossary: how its terms and names are said in each language, inflected forms known."""

from dragoman.glossary.forms import found
from dragoman.glossary.glossary_file import Glossary, Term, Wording, read

__all__ = ["Glossary", "Term", "Wording", "found", "read"]
