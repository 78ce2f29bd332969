"""Alignment of the sentences of two texts that are translations of each other, without a trained model.

beads = align([Sentence("He came.")], [Sentence("O gəldi.")], "en", "az")
"""

from dragoman.alignment.anchors import Sentence
from dragoman.alignment.passes import Alignment, align
from dragoman.alignment.search import Bead
from dragoman.alignment.texts import Encoder

__all__ = ["Alignment", "Bead", "Encoder", "Sentence", "align"]
