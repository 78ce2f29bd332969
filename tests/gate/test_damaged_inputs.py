"""Damaged files at every way into the program; `benchmarks/fuzz_inputs.py` tries thousands."""

from __future__ import annotations

import random

import pytest

import fuzz_inputs


@pytest.mark.parametrize("way", fuzz_inputs.WAYS)
def test_a_damaged_file_is_read_or_refused_with_a_sentence(way):
    assert [fault for seed in range(4) for fault in fuzz_inputs.faults(seed, (way,))] == []


def test_most_files_are_damaged():
    data = fuzz_inputs.TEXT.encode()
    made = {fuzz_inputs.damaged(data, random.Random(seed)) for seed in range(100)}
    assert len(made) > 90
