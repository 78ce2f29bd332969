r"""Formulas as LaTeX with amsmath and amssymb sets them; only such as the tree has understood.

Their commands are those of mathematics, so nothing in one can read a file, define a command
or end the formula.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from dragoman.exports.formulas.formula_tree import read, tex_of

_COMMAND = re.compile(r"\\([A-Za-z]+)")
_TEXT = re.compile(r"\\(?:text[a-z]*|mbox|fbox)\s*\{[^{}]*\}")


@cache
def _commands() -> frozenset[str]:
    """The commands of mathematics in LaTeX, amsmath and amssymb."""
    names = files("dragoman.exports.assets").joinpath("math_commands.txt").read_text("utf-8")
    return frozenset(names.split())


def latex_formula(source: str, block: bool = False) -> str:
    r"""A formula in math mode; empty if it is not understood.

    >>> latex_formula("$x$"), latex_formula("x", block=True), latex_formula(r"$\write18{x}$")
    ('\\(x\\)', '\\[x\\]', '')
    """
    tex = tex_of(source)
    if read(source) is None or not set(_COMMAND.findall(tex)) <= _commands():
        return ""
    if not _TEXT.sub("", tex).isascii():
        return ""  # no font of amsmath has it
    return rf"\[{tex}\]" if block else rf"\({tex}\)"
