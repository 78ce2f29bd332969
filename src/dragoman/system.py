"""What differs between operating systems: locks, flags of files, synchronizing, replacing, paths.

No other module uses what only some systems have. A branch asks whether something is there, not
for the name of the system, so that a test can take it away.
"""

from __future__ import annotations

import contextlib
import os
import re
import socket
import sys
import time
import unicodedata
from collections.abc import Callable

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_PAUSE = 0.02
"""Seconds between two tries to get a lock or to replace a file."""
_BUSY = 2.0
"""Seconds for which Windows may refuse to replace a file that a virus scanner has open."""
_BINARY: int = getattr(os, "O_BINARY", 0)
"""Without it Windows would make CR LF of every line feed that is written."""
_CLOSED: int = getattr(os, "O_CLOEXEC", 0)

READING: int = os.O_RDONLY | _BINARY | _CLOSED | getattr(os, "O_NONBLOCK", 0)
"""Flags to open a file for reading; a pipe does not block."""
SAFELY: int = os.O_CREAT | _BINARY | _CLOSED | getattr(os, "O_NOFOLLOW", 0)
"""Flags to create a file or open it, but not through a link; see `refuse_link`."""
CAN_SYNCHRONIZE_ALL = sys.platform == "linux" and hasattr(os, "sync")
"""Whether one `sync` waits for the disk, as Linux promises and other systems do not."""


_DEVICE = r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])"
_IS_DEVICE = re.compile(_DEVICE, re.IGNORECASE)
_REFUSED = re.compile(r'[<>:"\\|?*\0-\x1f]')
SUSPECT_NAME = re.compile(
    rf'[<>:"\\|?*]|[. ](?:/|$)|(?:^|/){_DEVICE} *(?:[./]|$)', re.IGNORECASE | re.MULTILINE
)
"""Part of paths, each on a line, that Windows may not hold; see `refused_by_windows`."""


# --- locks ---


def lock(path: str, seconds: float) -> Callable[[], None] | None:
    """Lock a file, created if there is none; return what releases it, or None if it stays taken.

    The system releases the lock when the process ends, even if it is killed.
    """
    refuse_link(path)
    return _filelock(path, seconds) if fcntl is None else _flock(path, seconds)


def _flock(path: str, seconds: float) -> Callable[[], None] | None:
    deadline = time.monotonic() + seconds
    handle = os.open(path, os.O_RDWR | SAFELY, 0o666)
    try:
        while True:
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return lambda: os.close(handle)
            if time.monotonic() > deadline:
                os.close(handle)
                return None
            time.sleep(_PAUSE)
    except BaseException:
        os.close(handle)
        raise


def _filelock(path: str, seconds: float) -> Callable[[], None] | None:
    from filelock import FileLock, Timeout  # only where it is needed: it loads slowly

    made = FileLock(path, timeout=seconds, poll_interval=_PAUSE)
    try:
        made.acquire()
    except Timeout:
        return None
    return made.release


def is_running(process: int) -> bool:
    """Whether a process exists."""
    if fcntl is None:
        return _is_running_on_windows(process)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _is_running_on_windows(process: int) -> bool:
    """The same where `os.kill` would stop the process."""
    import ctypes

    library = getattr(ctypes, "windll", None)
    if library is None:
        return True
    handle = library.kernel32.OpenProcess(0x1000, False, process)  # may be asked what it does
    if handle:
        library.kernel32.CloseHandle(handle)
    return bool(handle)


# --- files ---


def refuse_link(path: str) -> None:
    """Raise OSError for a symbolic link where no flag of `open` does it."""
    if not hasattr(os, "O_NOFOLLOW") and os.path.islink(path):
        import errno

        raise OSError(errno.ELOOP, "is a symbolic link")


def keep_mode_and_owner(handle: int, former: os.stat_result) -> None:
    """Give an open file the mode and owner of the one it replaces, as far as the system has them."""
    if not hasattr(os, "fchown"):
        return
    os.fchmod(handle, former.st_mode & 0o7777)
    if (former.st_uid, former.st_gid) != (os.geteuid(), os.getegid()):
        with contextlib.suppress(PermissionError):
            os.fchown(handle, former.st_uid, former.st_gid)


def replace(path: str, target: str) -> None:
    """Rename a file over another.

    Windows refuses that while some program has the other one open, so there it is tried for a while.
    """
    deadline = time.monotonic() + _BUSY
    while True:
        try:
            os.replace(path, target)
        except PermissionError:
            if fcntl is not None or time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE)
        else:
            return


def synchronize(handle: int) -> None:
    """Wait until an open file is on the disk.

    On macOS `fsync` leaves it in the disk's own cache; `F_FULLFSYNC` does not, but not every file
    system has it.
    """
    full = getattr(fcntl, "F_FULLFSYNC", None)
    if full is not None:
        with contextlib.suppress(OSError):
            fcntl.fcntl(handle, full)
            return
    os.fsync(handle)


def synchronize_folder(folder: str) -> None:
    """Wait until the names in a folder are on the disk; Windows cannot open folders."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        synchronize(handle)
    finally:
        os.close(handle)


def changed_at(status: os.stat_result) -> int:
    """When a file changed, in nanoseconds; what Windows calls `st_ctime` is when it was created."""
    return status.st_mtime_ns if fcntl is None else status.st_ctime_ns


# --- paths ---


def slashed(path: str) -> str:
    """A path with `/` between folders, which every system understands.

    >>> slashed("a/b")
    'a/b'
    """
    return path if os.sep == "/" else path.replace(os.sep, "/")


def real(path: str) -> str:
    """A path with links resolved and `/` between folders."""
    return slashed(os.path.realpath(path))


def ignores_case(path: str) -> bool:
    """Whether an existing file or folder is also found under its name in the other case."""
    folder, name = os.path.split(path)
    return same_file(path, os.path.join(folder, name.swapcase())) and name != name.swapcase()


def same_file(path: str, other: str) -> bool:
    """Whether two paths lead to one file or folder, and it exists."""
    try:
        return os.path.samestat(os.lstat(path), os.lstat(other))
    except OSError:
        return False


def folded(path: str) -> str:
    """A path as systems compare it that ignore case and normalization.

    >>> folded("Caf\u00e9") == folded("cafe\u0301")
    True
    """
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def refused_by_windows(name: str) -> str:
    """Why Windows cannot hold a path with `/` between folders; empty if it can.

    >>> refused_by_windows("news/con.md"), refused_by_windows("a:b.md"), refused_by_windows("a b.md")
    ("'con' is a device there", "it has ':'", '')
    """
    for part in name.split("/"):
        stem = part.partition(".")[0].rstrip(" ")
        if _IS_DEVICE.fullmatch(stem):
            return f"'{stem}' is a device there"
        if found := _REFUSED.search(part):
            return f"it has {found[0]!r}"
        if part.endswith((".", " ")):
            return "a full stop or space ends a name"
    return ""


# --- the rest ---


def is_root() -> bool:
    """Whether the user may do everything."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def unix_socket() -> socket.socket | None:
    """A new Unix socket; None where Python has none."""
    family = getattr(socket, "AF_UNIX", None)
    return None if family is None else socket.socket(family, socket.SOCK_STREAM)


# --- memory ---

_ARENA_MAX = -8
"""`M_ARENA_MAX` of mallopt(3)."""


def share_one_heap() -> None:
    """Let all threads take memory from one heap, where glibc would make one for each.

    The interpreter's lock lets one thread run at a time, so that several heaps only hold more.
    """
    import ctypes  # only a server needs it

    with contextlib.suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)
