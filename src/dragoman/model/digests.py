"""Short hashes of texts and files."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any


@cache
def _blake2b() -> Callable[..., Any]:
    from hashlib import blake2b  # OpenSSL is slow to load, and seldom needed

    return blake2b


def digest(data: bytes, size: int) -> str:
    """The BLAKE2b hash (RFC 7693) of some data, `size` bytes long, as hexadecimal digits.

    >>> digest(b"Hello.", 4)
    '0fac59ce'
    """
    hexdigest: str = _blake2b()(data, digest_size=size).hexdigest()
    return hexdigest
