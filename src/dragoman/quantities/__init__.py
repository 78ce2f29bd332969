"""Numbers and dates of a text by value, in English, Azerbaijani, Hebrew and Russian.

Two texts have the same number if a reading of one is a reading of the other: `1,000,000`,
`1 000 000`, `1 milyon` and `מיליון`. Used by checks, and as anchors that survive translation.
"""

from dragoman.quantities.amounts import Amount, amounts
from dragoman.quantities.dates import Date, dates, weekdays
from dragoman.quantities.fractions import Fraction, fractions
from dragoman.quantities.numerals import Numerals, numerals

__all__ = [
    "Amount",
    "Date",
    "Fraction",
    "Numerals",
    "amounts",
    "dates",
    "fractions",
    "numerals",
    "weekdays",
]
