"""The only reader and writer of files: whole writes, one writer at a time, nothing overwritten unseen."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from dragoman.errors import DragomanError

Stamp = tuple[int, int, int]
"""Time of change (ns), size and inode: two equal stamps are the same file, unchanged."""

LONGEST_LINE = 16_000_000
"""Characters a line of a text may have; a longer one is no prose."""
_LOCK_SECONDS = 30.0
_MANY = 64
"""From so many files on, one synchronization of the disk costs less than one a file."""


class Files:
    """Reads and writes below one folder, and remembers how every file was when it was read."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._read: dict[Path, Stamp | None] = {}
        self._inside: set[str] = set()
        self._made: set[str] = set()

    def shown(self, path: Path) -> str:
        """A path as messages name it: from the project's folder.

        >>> Files(Path("/p")).shown(Path("/p/a/b.txt"))
        'a/b.txt'
        """
        with contextlib.suppress(ValueError):
            return path.relative_to(self.root).as_posix()
        return str(path)

    # --- reading ---

    def bytes_of(self, path: Path) -> bytes | None:
        """A file's bytes; nothing where there is no file. Raises DragomanError otherwise."""
        self.check_inside(path)
        with self._mapped(path):
            try:
                with open(path, "rb") as file:
                    self._read[path] = _stamp(os.fstat(file.fileno()))
                    return file.read()
            except FileNotFoundError:
                if path.is_symlink():
                    raise DragomanError(
                        "a symbolic link to nothing",
                        file=self.shown(path),
                        way_out="mend the link or remove it",
                    ) from None
                self._read[path] = None
                return None

    def text_of(self, path: Path) -> str:
        """A source text; raises DragomanError where it is missing, empty, not UTF-8 or no prose."""
        data = self.bytes_of(path)
        name = self.shown(path)
        if data is None:
            raise DragomanError("there is no such file", file=name, way_out="check the path")
        if not data:
            raise DragomanError("the text is empty", file=name, way_out="write it or remove it")
        if (at := data.find(b"\0")) >= 0:
            line, column = _place(data, at)
            raise DragomanError(
                "there is a NUL byte",
                file=name,
                line=line,
                column=column,
                way_out="save the text as UTF-8 without NUL",
            )
        try:
            text = data.decode()
        except UnicodeDecodeError as error:
            line, column = _place(data, error.start)
            raise DragomanError(
                f"byte 0x{data[error.start]:02X} is not UTF-8",
                file=name,
                line=line,
                column=column,
                way_out="save the text as UTF-8",
            ) from None
        if len(text) > LONGEST_LINE:
            self._refuse_long_line(text, name)
        return text

    @staticmethod
    def _refuse_long_line(text: str, name: str) -> None:
        for number, line in enumerate(text.split("\n"), 1):
            if len(line) > LONGEST_LINE:
                raise DragomanError(
                    f"the line has {len(line):,} characters, more than {LONGEST_LINE:,}",
                    file=name,
                    line=number,
                    way_out="break it into paragraphs",
                )

    def check_inside(self, path: Path) -> None:
        """Raise DragomanError where a path, its links followed, leads out of the project."""
        folder = os.path.dirname(path)
        if folder in self._inside and not os.path.islink(path):
            return
        real = os.path.realpath(path)
        root = os.path.realpath(self.root)
        if real != root and not real.startswith(root.rstrip(os.sep) + os.sep):
            raise DragomanError(
                f"leads out of the project, to {real}",
                file=self.shown(path),
                way_out="put the file itself there",
            )
        if not os.path.islink(path):
            self._inside.add(folder)

    # --- writing ---

    def write(self, files: Mapping[Path, bytes]) -> list[Path]:
        """Write files, all or none of them; give back those that changed.

        Every new content stands whole and synchronized on the disk, under a temporary name in
        its folder, before the first one takes its place by renaming. A file that changed since
        it was read is not overwritten.
        """
        changed = {path: data for path, data in files.items() if self._differs(path, data)}
        staged: list[tuple[str, str]] = []
        many = len(changed) > _MANY
        try:
            for path, data in changed.items():
                target = os.path.realpath(path) if os.path.islink(path) else str(path)
                temporary = self._temporary(target)
                staged.append((temporary, target))
                with self._mapped(path):
                    self._stage(temporary, target, data, synchronize=not many)
            if many:
                os.sync()  # one for all: it waits, as fsync does
            for path in changed:
                self._refuse_if_changed(path)
            for temporary, target in staged:
                with self._mapped(Path(target)):
                    os.replace(temporary, target)
        except BaseException:
            for temporary, _ in staged:
                with contextlib.suppress(OSError):
                    os.unlink(temporary)
            raise
        for folder in {os.path.dirname(target) for _, target in staged}:
            _synchronize(folder)
        for path in changed:
            self._read[path] = _stamp_of(path)
        return list(changed)

    def _differs(self, path: Path, data: bytes) -> bool:
        self.check_inside(path)
        with self._mapped(path):
            try:
                handle = os.open(path, os.O_RDONLY)
            except FileNotFoundError:
                return True
            try:
                if os.fstat(handle).st_size != len(data):
                    return True
                with open(handle, "rb", closefd=False) as file:
                    return file.read() != data
            finally:
                os.close(handle)

    def _temporary(self, target: str) -> str:
        folder, name = os.path.split(target)
        if folder not in self._made:
            with self._mapped(Path(folder)):
                os.makedirs(folder, exist_ok=True)
            self._made.add(folder)
        return os.path.join(folder, f".{name}.dragoman-{os.getpid()}.tmp")

    @staticmethod
    def _stage(temporary: str, target: str, data: bytes, synchronize: bool) -> None:
        """The data in a temporary file beside its target, with the target's mode and owner."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        try:
            was: os.stat_result | None = os.stat(target)
        except FileNotFoundError:
            was = None
        if was is not None and not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, "is read-only")
        handle = os.open(temporary, flags, 0o666)
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(handle, view) :]
            if was is not None:
                os.fchmod(handle, was.st_mode & 0o7777)
                if (was.st_uid, was.st_gid) != (os.geteuid(), os.getegid()):
                    with contextlib.suppress(PermissionError):
                        os.fchown(handle, was.st_uid, was.st_gid)
            if synchronize:
                os.fsync(handle)
        finally:
            os.close(handle)

    def _refuse_if_changed(self, path: Path) -> None:
        if path in self._read and self._read[path] != _stamp_of(path):
            raise DragomanError(
                "changed while this command ran; nothing was written",
                file=self.shown(path),
                way_out="run the command again",
            )

    @contextlib.contextmanager
    def locked(self, folder: Path) -> Iterator[None]:
        """Hold the project's lock, so that two commands never write at the same time."""
        path = folder / ".lock"
        self.check_inside(path)
        with self._mapped(path):
            folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666)
        try:
            self._wait_for(handle, path)
            yield
        finally:
            os.close(handle)

    def _wait_for(self, handle: int, path: Path) -> None:
        until = time.monotonic() + _LOCK_SECONDS
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > until:
                    raise DragomanError(
                        "another dragoman is at work in this project",
                        file=self.shown(path),
                        way_out="wait until it has ended",
                    ) from None
                time.sleep(0.05)
            else:
                return

    def _mapped(self, path: Path) -> _Mapped:
        return _Mapped(self, path)


class _Mapped:
    """Says what the system says of a path in one sentence with a way out."""

    def __init__(self, files: Files, path: Path) -> None:
        self._files = files
        self._path = path

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if not isinstance(error, OSError) or isinstance(error, FileNotFoundError):
            return
        sentence, way_out = _SENTENCES.get(
            error.errno or 0, ((error.strerror or str(error)).lower(), "see the path")
        )
        raise DragomanError(sentence, file=self._files.shown(self._path), way_out=way_out) from None


_SENTENCES = {
    errno.EISDIR: ("a folder stands where a file should", "move the folder"),
    errno.ENOTDIR: ("a file stands where a folder should", "move the file"),
    errno.EACCES: ("permission denied", "change its permissions"),
    errno.EPERM: ("permission denied", "change its permissions"),
    errno.EROFS: ("the folder is read-only", "write somewhere else with 'output' and 'catalogs'"),
    errno.ENOSPC: ("the disk is full; nothing was written", "make room, then run again"),
    errno.EDQUOT: ("the disk quota is used up; nothing was written", "make room, then run again"),
    errno.EFBIG: ("the file grew too large; nothing was written", "raise the limit"),
    errno.ELOOP: ("a symbolic link that leads nowhere", "mend the link or remove it"),
    errno.ENAMETOOLONG: ("the name is too long", "shorten it"),
    errno.EEXIST: ("something else stands in its place", "move it"),
}


def _stamp(status: os.stat_result) -> Stamp:
    return (status.st_mtime_ns, status.st_size, status.st_ino)


def _stamp_of(path: Path) -> Stamp | None:
    try:
        return _stamp(os.stat(path))
    except FileNotFoundError:
        return None


def _synchronize(folder: str) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _place(data: bytes, at: int) -> tuple[int, int]:
    return data.count(b"\n", 0, at) + 1, at - data.rfind(b"\n", 0, at)
