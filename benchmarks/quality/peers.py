"""Other checkers on the same units: run by the Python that has them, not by ours.

    PYTHON peers.py pofilter|weblate < units.json > found.json

Reads a list of `{"lang", "source", "target"}` and prints `{"name", "checks", "found", "seconds"}`,
where `found` has the names of the checks that fired for each unit, and `seconds` is the CPU time
of the checks alone. Nothing here is imported by the rest.
"""

from __future__ import annotations

import importlib.util
import json
import re
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from unittest.mock import MagicMock


def pofilter(units):
    """translate-toolkit's pofilter, every test that it runs by default, by language."""
    from translate.filters import checks
    from translate.storage import pypo

    found, seconds, names = [], 0.0, set()
    checkers = {}
    for unit in units:
        lang = unit["lang"]
        if lang not in checkers:
            config = checks.CheckerConfig(targetlanguage=lang)
            kinds = [checks.StandardChecker, checks.StandardUnitChecker]
            checkers[lang] = checks.TeeChecker(checkerconfig=config, checkerclasses=kinds)
            names |= set(checkers[lang].getfilters())
        made = pypo.pounit(unit["source"])
        made.target = unit["target"]
        start = time.process_time()
        failures = checkers[lang].run_filters(made)
        seconds += time.process_time() - start
        found.append(sorted(failures))
    return {
        "name": f"pofilter, translate-toolkit {version('translate-toolkit')}",
        "checks": len(names),
        "found": found,
        "seconds": seconds,
    }


def weblate(units):
    """Weblate's checks of a target, as far as they run without its database."""
    _set_up_weblate()
    from weblate.checks.base import TargetCheck
    from weblate.checks.models import CHECKS
    from weblate.checks.tests.test_checks import MockUnit

    chosen = {name: c for name, c in CHECKS.items() if isinstance(c, TargetCheck)}
    found, seconds, broken = [], 0.0, set()
    for unit in units:
        mock = MockUnit(code=unit["lang"], source=unit["source"], target=unit["target"])
        fired = []
        start = time.process_time()
        for name, check in chosen.items():
            if name in broken:
                continue
            try:
                if check.check_target([unit["source"]], [unit["target"]], mock):
                    fired.append(name)
            except Exception:  # noqa: BLE001 - wants the database, or a whole project
                broken.add(name)
        seconds += time.process_time() - start
        found.append(sorted(fired))
    left = len(chosen) - len(broken)
    result = {"name": f"Weblate {version('weblate')}", "checks": left, "seconds": seconds}
    return {**result, "found": found, "not run": sorted(broken)}


def _set_up_weblate():
    """Django with Weblate's example settings, without a database and without drawing."""
    for drawing in ("cairo", "gi", "gi.repository"):
        sys.modules.setdefault(drawing, MagicMock())
    import django
    from django.conf import settings
    from weblate import settings_example

    said = {k: getattr(settings_example, k) for k in dir(settings_example) if k.isupper()}
    folder = tempfile.mkdtemp(prefix="weblate-")
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    said |= {
        "DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        "CACHES": {"default": memory, "avatar": memory},
        "DATA_DIR": folder,
        "CACHE_DIR": folder,
        # the check of rendered size draws
        "CHECK_LIST": [c for c in _check_list() if not c.startswith("weblate.checks.render")],
    }
    settings.configure(**said)
    django.setup()


def _check_list():
    """Weblate's own list, read as text: its module cannot be loaded before the settings are."""
    root = Path(importlib.util.find_spec("weblate").submodule_search_locations[0])
    models = (root / "checks/models.py").read_text("utf-8")
    return re.findall(r'"(weblate\.checks\.[\w.]+)"', models)


if __name__ == "__main__":
    checker = {"pofilter": pofilter, "weblate": weblate}[sys.argv[1]]
    json.dump(checker(json.load(sys.stdin)), sys.stdout)
