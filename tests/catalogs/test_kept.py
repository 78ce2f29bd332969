"""What people write is kept, whatever happens around it; `benchmarks/kept.py` goes on for longer."""

from __future__ import annotations

import pytest

import project_model
from dragoman import po
from project_model import Model


@pytest.mark.parametrize("seed", range(4))
def test_what_people_wrote_is_kept(tmp_path, seed):
    model = Model(tmp_path, seed)
    model.run(80)
    assert len(model.branch.written) > 40
    assert {"update", "translate", "edit_text", "rename_text", "merge"} <= set(model.did)


def test_the_model_sees_what_is_lost(tmp_path, monkeypatch):
    """A program that forgets obsolete messages, as some do."""
    real = project_model.update

    def forgetful(project):
        real(project)
        for path in (tmp_path / project_model.LOCALE).rglob("*.po"):
            file = po.parse(path.read_bytes())
            file.entries = [entry for entry in file.entries if not entry.obsolete]
            path.write_bytes(file.write())

    monkeypatch.setattr(project_model, "update", forgetful)
    model = Model(tmp_path, 0)
    with pytest.raises(AssertionError, match=r"lost in|a second update changed"):
        model.run(80)
