"""Archives made of samples, for tests of the readers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping


def zipped(members: Mapping[str, str]) -> bytes:
    """A zip archive that always has the same bytes; a member `mimetype` is stored."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "x", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return made.getvalue()
