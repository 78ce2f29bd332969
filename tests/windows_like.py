"""Makes this process see its files as Windows shows them, on Linux.

Modules and calls that only POSIX systems have are gone. Paths begin with `C:` and have
backslashes; names are found whatever their case; names that Windows cannot hold are refused; files
opened without `O_BINARY` get CR LF; folders cannot be opened, and open files not replaced.
What a real Windows does besides, only a real Windows can show.
"""

from __future__ import annotations

import builtins
import errno
import io
import ntpath
import os
import posixpath
import re
import sqlite3
import subprocess
import sys

_MODULES = ("fcntl", "pwd", "grp", "termios", "resource", "tty", "pty", "syslog")
_CALLS = (
    "O_NOFOLLOW", "O_CLOEXEC", "O_NONBLOCK", "O_DIRECTORY", "fchmod", "fchown", "chown", "lchown",
    "geteuid", "getegid", "getuid", "getgid", "sync", "killpg", "getpgid", "setsid", "mkfifo",
    "pread", "pwrite", "statvfs", "uname", "sched_getaffinity",
)  # fmt: skip
_REFUSED = re.compile(
    r'[<>:"|?*\0-\x1f]|[. ]\Z|\A(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)', re.IGNORECASE
)
_BINARY = 1 << 28
_text: set[int] = set()
"""Handles that were opened without `O_BINARY`."""


def posix(path):
    """The file that a path of Windows means here."""
    if not isinstance(path, str | os.PathLike):
        return path
    path = os.fspath(path)
    if isinstance(path, bytes):
        return path
    ours = path.replace("\\", "/")
    if ours[:2].lower() == "c:":
        ours = ours[2:] or "/"
        for name in ours.split("/"):
            if name not in ("", ".", "..") and _REFUSED.search(name):
                raise OSError(errno.EINVAL, "The filename syntax is incorrect", path)
    return _any_case(ours)


def _any_case(path: str) -> str:
    """A path with the names on the disk that differ from it in case only."""
    if _real_lexists(path):
        return path
    folder, name = posixpath.split(path)
    if not name:
        return path
    if folder not in ("", "/"):
        folder = _any_case(folder)
    try:
        there = _listdir(folder or ".")
    except OSError:
        there = []
    near = [other for other in there if other.casefold() == name.casefold()]
    return posixpath.join(folder, near[0] if near else name)


def windows(path: str) -> str:
    return "C:" + path.replace("/", "\\") if path.startswith("/") else path.replace("/", "\\")


_listdir, _lstat, _scandir = os.listdir, os.lstat, os.scandir
_open, _write, _close, _replace, _rename = os.open, os.write, os.close, os.replace, os.rename
_unlink, _getcwd = os.unlink, os.getcwd


def _real_lexists(path: str) -> bool:
    try:
        _lstat(path)
    except (OSError, ValueError):
        return False
    return True


class _Entry:
    """An entry of a folder, with its path as Windows has it."""

    def __init__(self, entry, folder: str) -> None:
        self._entry, self.name, self.path = entry, entry.name, ntpath.join(folder, entry.name)

    def __fspath__(self) -> str:
        return self.path

    def __getattr__(self, name: str):
        return getattr(self._entry, name)


class _Entries:
    def __init__(self, entries) -> None:
        self._entries = iter(list(entries))

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._entries)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def close(self) -> None:
        pass


def scandir(folder="."):
    with _scandir(posix(folder)) as entries:
        return _Entries(_Entry(entry, os.fspath(folder)) for entry in entries)


def open_(path, flags, mode=0o777, **_):
    place = posix(path)
    if posixpath.isdir(place):
        raise PermissionError(errno.EACCES, "Permission denied", path)
    handle = _open(place, flags & ~_BINARY, mode)
    (_text.discard if flags & _BINARY else _text.add)(handle)
    return handle


def write(handle, data):
    if handle in _text:
        _write(handle, bytes(data).replace(b"\n", b"\r\n"))
        return len(data)
    return _write(handle, data)


def _refuse_open(path: str) -> None:
    """Windows neither replaces nor removes what some program has open."""
    real = posixpath.realpath(path)
    for handle in _listdir("/proc/self/fd"):
        try:
            if os.readlink(f"/proc/self/fd/{handle}") == real:
                raise PermissionError(errno.EACCES, "Access is denied", path)
        except FileNotFoundError:
            pass


def replace(path, target):
    one, other = posix(path), posix(target)
    _refuse_open(one)
    _refuse_open(other)
    _replace(one, other)


def rename(path, target):
    one, other = posix(path), posix(target)
    if one == other:  # only the case of its name changes
        folder = posixpath.dirname(other)
        _rename(one, posixpath.join(folder, ntpath.basename(os.fspath(target))))
    elif _real_lexists(other):
        raise FileExistsError(errno.EEXIST, "Cannot create a file when that file exists", target)
    else:
        _rename(one, other)


def unlink(path, **_):
    place = posix(path)
    _refuse_open(place)
    _unlink(place)


def kill(process, signal):
    raise AssertionError(f"os.kill({process}, {signal}) would stop the process")


def realpath(path, **_):
    return windows(posixpath.realpath(posix(path)))


def _one(real):
    return lambda path=".", *more, **named: real(posix(path), *more, **named)


def install() -> None:
    """From now on this process sees Windows; what was loaded before keeps its view."""
    for name in _MODULES:
        sys.modules[name] = None
    for name in _CALLS:
        if hasattr(os, name):
            delattr(os, name)
    real_open, real_popen = io.open, subprocess.Popen.__init__

    def popen(self, args, *more, **named):
        args = [posix(one) if re.match("C:", str(one)) else one for one in args]
        if named.get("cwd"):
            named["cwd"] = posix(named["cwd"])
        real_popen(self, args, *more, **named)

    for name in ("stat", "lstat", "listdir", "mkdir", "rmdir", "chmod", "access", "utime", "chdir"):
        setattr(os, name, _one(getattr(os, name)))
    readlink = os.readlink
    os.readlink = lambda path: windows(readlink(posix(path)))
    os.scandir, os.open, os.write, os.kill, os.O_BINARY = scandir, open_, write, kill, _BINARY
    os.replace, os.rename, os.unlink, os.remove = replace, rename, unlink, unlink
    os.getcwd = lambda: windows(_getcwd())
    builtins.open = io.open = lambda file, *more, **named: real_open(posix(file), *more, **named)
    subprocess.Popen.__init__ = popen
    sqlite3.connect = _one(sqlite3.connect)
    ntpath.realpath = realpath
    os.path = sys.modules["os.path"] = ntpath
    os.sep, os.altsep, os.pathsep = "\\", "/", ";"
