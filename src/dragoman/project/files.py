"""The only reader and writer of files: whole files, under a lock, never over unseen changes."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Self

from dragoman import system
from dragoman.errors import DragomanError, DragomanErrors
from dragoman.project.faults import described
from dragoman.project.locks import held, remove_if_dead, remove_leavings

Stamp = tuple[int, int, int, int]
"""`st_mtime_ns`, `st_size`, `st_ino` and `st_ctime_ns` of a file.

Equal stamps mean an unchanged file, unless it is young: no program can set `st_ctime`, but two
changes within one clock step of the file system get the same time.
"""
StrPath = str | os.PathLike[str]
Merge = Callable[[str, bytes, bytes], bytes]
"""Merges a file: takes the path, the content on the disk, which changed since it was read, and
the content to be written; returns what to write instead."""

LONGEST_LINE = 16_000_000
"""Maximum length of a line of a text, in characters; no prose has longer ones."""
LARGEST_BINARY = 1 << 26
"""Maximum number of bytes of a source text that is an archive."""
_MANY = 64
"""Number of files from which one `sync` costs less than an `fsync` of each."""
_NO_FILE: Stamp = (0, 0, 0, 0)
_CLOCK_STEP = 50_000_000
"""Nanoseconds within which a file system may give two changes the same time."""
_COARSE_STEP = 2_100_000_000
"""The same for file systems with times in whole seconds (FAT: every two seconds)."""
_TRIES = 20
"""How often `write` merges again if others keep changing the files."""


class Files:
    """Reads and writes files of one folder, and remembers each file's stamp when it was read."""

    def __init__(self, root: StrPath, sources: str = "") -> None:
        """`sources`: the folder of the texts, which no link may turn into a target."""
        self.root = _path(root)
        self.sources = sources
        self._apart: set[str] = set()
        """Folders that no link leads from into `sources`."""
        self._read: dict[str, tuple[Stamp, bytes | None] | None] = {}
        self._inside: set[str] = set()
        self._made: set[str] = set()
        self._written: dict[str, str] = {}
        """What was written here, or already had its content, by its path without case."""
        self._journal = ""
        self.wrote = False
        """Whether any file was written."""

    def shown(self, path: StrPath) -> str:
        """A path as messages show it: relative to the project's folder.

        >>> Files("/p").shown("/p/a/b.txt")
        'a/b.txt'
        """
        return _path(path).removeprefix(self.root.rstrip("/") + "/")

    def separate(self) -> Self:
        """Another reader and writer of the same folder, which has read nothing yet."""
        return type(self)(self.root, self.sources)

    # --- reading ---

    def bytes_of(self, path: StrPath, largest: int = 0) -> bytes | None:
        """A file's content, or None if there is no file.

        Raises:
            DragomanError: the file cannot be read, is outside the project, or has more than
                `largest` bytes (0: no limit).
        """
        path = _path(path)
        self.check_inside(path)
        with self._mapped(path):
            try:
                handle = os.open(path, system.READING)
            except FileNotFoundError:
                if os.path.islink(path):
                    raise DragomanError(
                        "a symbolic link to nothing",
                        file=self.shown(path),
                        how_to_fix="fix the link or remove it",
                    ) from None
                self._read[path] = None
                return None
            try:
                status = os.fstat(handle)
                self._refuse_no_file(path, status)
                if largest and status.st_size > largest:
                    raise DragomanError(
                        f"more than {largest >> 20} MB",
                        file=self.shown(path),
                        how_to_fix="split it into smaller files",
                    )
                data = _all_of(handle, status.st_size)
            finally:
                os.close(handle)
        stamp = stamp_of(status)
        self._read[path] = (stamp, data if is_young(stamp) else None)
        return data

    def _refuse_no_file(self, path: str, status: os.stat_result) -> None:
        """Raise an error for anything but a regular file.

        Reading a pipe could block for ever, and a device has no end.
        """
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(errno.EISDIR, "a folder")
        if not stat.S_ISREG(status.st_mode):
            raise DragomanError(
                "is not a regular file", file=self.shown(path), how_to_fix="put a file in its place"
            )

    def source_of(self, path: StrPath, binary: bool = False) -> str | bytes:
        """The content of a source text: the bytes of a binary format, or a text.

        Raises:
            DragomanError: the file is missing, too large, or no text.
        """
        if not binary:
            return self.text_of(path)
        data = self.bytes_of(path, LARGEST_BINARY)
        if data is None:
            name = self.shown(path)
            raise DragomanError("there is no such file", file=name, how_to_fix="check the path")
        return data

    def text_of(self, path: StrPath) -> str:
        """The content of a source text.

        Raises:
            DragomanError: the file is missing, is not UTF-8, or has a NUL byte or a line longer
                than `LONGEST_LINE`.
        """
        data = self.bytes_of(path)
        name = self.shown(path)
        if data is None:
            raise DragomanError("there is no such file", file=name, how_to_fix="check the path")
        if (at := data.find(b"\0")) >= 0:
            line, column = _place(data, at)
            raise DragomanError(
                "there is a NUL byte",
                file=name,
                line=line,
                column=column,
                how_to_fix="save the text as UTF-8 without NUL",
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
                how_to_fix="save the text as UTF-8",
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
                    how_to_fix="break it into paragraphs",
                )

    def pieces_of(self, path: StrPath) -> Iterator[bytes]:
        """Yield a file's content, a megabyte at a time.

        Raises:
            DragomanError: the file is missing or cannot be read.
        """
        path = _path(path)
        self.check_inside(path)
        try:
            with self._mapped(path), open(path, "rb", buffering=0) as file:
                while piece := file.read(1 << 20):
                    yield piece
        except FileNotFoundError:
            raise DragomanError(
                "there is no such file", file=self.shown(path), how_to_fix="check the path"
            ) from None

    def entries(self, folder: StrPath) -> list[os.DirEntry[str]]:
        """The entries of a folder, by name; the folder is closed again.

        Raises:
            DragomanError: the folder cannot be read.
        """
        folder = _path(folder)
        with self._mapped(folder), os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)

    def check_inside(self, path: StrPath) -> None:
        """Make sure that a path, with links resolved, is inside the project.

        Raises:
            DragomanError: it is outside.
        """
        path = _path(path)
        folder = path.rpartition("/")[0]
        if folder in self._inside and not os.path.islink(path):
            return
        real = system.real(path)
        root = system.real(self.root)
        if real != root and not real.startswith(root.rstrip("/") + "/"):
            raise DragomanError(
                f"leads out of the project, to {real}",
                file=self.shown(path),
                how_to_fix="put the file itself there",
            )
        if not os.path.islink(path):
            self._inside.add(folder)

    def _check_target(self, path: str) -> None:
        """Make sure that no link turns a source text into the file that is written or removed.

        Raises:
            DragomanError: one does.
        """
        folder = path.rpartition("/")[0]
        is_link = os.path.islink(path)
        if not self.sources or (folder in self._apart and not is_link):
            return
        texts = self.sources.rstrip("/") + "/"
        real = system.real(path)
        if not path.startswith(texts) and real.startswith(system.real(texts) + "/"):
            raise DragomanError(
                f"is a link to a source text, {self.shown(real)}, which would be lost",
                file=self.shown(path),
                how_to_fix="remove the link",
            )
        if not is_link:
            self._apart.add(folder)

    def stamp(self, path: str) -> Stamp:
        """The stamp of a file when it was last read or written here, else now; zeros if there is none."""
        path = _path(path)
        if path in self._read:
            known = self._read[path]
            return known[0] if known else _NO_FILE
        try:
            return stamp_of(os.stat(path))
        except OSError:
            return _NO_FILE

    @staticmethod
    def stamp_now(path: StrPath) -> Stamp:
        """The stamp of a file at this moment; zeros if there is none."""
        try:
            return stamp_of(os.stat(path))
        except OSError:
            return _NO_FILE

    def seen(self, path: str) -> bytes | None:
        """The content of a file as it was read, kept only if the file was young then."""
        known = self._read.get(_path(path))
        return known[1] if known else None

    # --- writing ---

    def write(self, files: Mapping[str, bytes], merge: Merge | None = None) -> list[str]:
        """Write all of these files or none; return the paths of those that changed.

        Every new content is first written and synchronized to the disk under a temporary name in
        its folder; then all are renamed, in the given order.

        Args:
            files: path to content.
            merge: merges a file that changed since it was read.

        Raises:
            DragomanError: a file changed since it was read and there is no `merge`; or the
                system reports an error, such as a full disk.
        """
        contents = {_path(path): data for path, data in files.items()}
        self._written |= {system.folded(path): path for path in contents}
        for _ in range(_TRIES):
            if merge is not None:
                self._take_in(contents, merge)
            staged = self._staged(contents)
            try:
                changed = [path for path in staged if self._changed(path)]
                if not changed:
                    return self._put_in_place(staged)
                if merge is None:
                    break
            finally:
                self._discard(staged)
        if merge is None:
            raise self._changed_meanwhile(changed[0])
        return self._write_without(contents, changed, merge)

    def _write_without(
        self, contents: Mapping[str, bytes], busy: list[str], merge: Merge
    ) -> list[str]:
        """Write all files except those that another program saves again and again.

        Raises:
            DragomanErrors: always, after the others are written; one for each file left alone.
        """
        self.write({path: data for path, data in contents.items() if path not in busy}, merge)
        raise DragomanErrors(
            [
                DragomanError(
                    "another program saves it again and again, so it was not written",
                    file=self.shown(path),
                    how_to_fix="run the command again when the other program is done",
                )
                for path in busy
            ]
        )

    def write_pieces(self, path: StrPath, pieces: Iterable[bytes]) -> None:
        """Write one file that is too large to hold in memory, whole or not at all.

        Raises:
            DragomanError: the system reports an error.
        """
        path = _path(path)
        with self._mapped(path):
            target, status = self._target(path)
            staged = {path: _Staged(_temporary(target), target, status)}
            try:
                self._note_down(staged)
                self._make_folder(target)
                staged[path].fill(pieces, synchronize=True)
                self._put_in_place(staged)
            finally:
                self._discard(staged)

    def _staged(self, contents: Mapping[str, bytes]) -> dict[str, _Staged]:
        """Write a temporary file for each content that differs from the file on the disk."""
        staged: dict[str, _Staged] = {}
        try:
            for path, data in contents.items():
                with self._mapped(path):
                    target, status = self._target(path)
                    if status is None or not _holds(target, status, data):
                        staged[path] = _Staged(_temporary(target), target, status)
            self._note_down(staged)
            many = system.CAN_SYNCHRONIZE_ALL and len(staged) > _MANY
            for path, one in staged.items():
                with self._mapped(path):
                    self._make_folder(one.target)
                    one.fill([contents[path]], synchronize=not many)
            if many:
                os.sync()  # one for all: it waits, as fsync does
        except BaseException:
            self._discard(staged)
            raise
        return staged

    def _target(self, path: str) -> tuple[str, os.stat_result | None]:
        """The path of the file, with a link resolved, and its status; None if there is no file."""
        self.check_inside(path)
        self._check_target(path)
        try:
            status = os.lstat(path)
            if stat.S_ISLNK(status.st_mode):
                path = system.real(path)
                status = os.stat(path)
        except FileNotFoundError:
            return path, None
        self._refuse_no_file(path, status)
        if status.st_nlink > 1:
            raise DragomanError(
                "the file has a second name (a hard link), which writing would separate from it",
                file=self.shown(path),
                how_to_fix="put a copy in its place",
            )
        return path, status

    def _make_folder(self, target: str) -> None:
        folder = target.rpartition("/")[0]
        if folder not in self._made:
            try:
                os.makedirs(folder, exist_ok=True)
            except FileNotFoundError:  # as below /proc, where no folder can be made
                raise DragomanError(
                    "no folder can be created here",
                    file=self.shown(folder),
                    how_to_fix="choose another",
                ) from None
            self._made.add(folder)

    def _note_down(self, staged: Mapping[str, _Staged]) -> None:
        """Write the names of the temporary files to the journal, so that they are removed after a crash."""
        if not self._journal:
            _remove_older(staged.values())
        elif staged:
            names = [one.temporary for one in staged.values()]
            with self._mapped(self._journal), open(self._journal, "wb") as file:
                below = os.path.dirname(self._journal)
                names = [system.slashed(os.path.relpath(name, below)) for name in names]
                file.write("\0".join(names).encode(errors="surrogateescape"))

    def _discard(self, staged: Mapping[str, _Staged]) -> None:
        """Remove the journal and the temporary files that were not renamed."""
        for one in staged.values():
            if not one.renamed:
                with contextlib.suppress(OSError):
                    os.unlink(one.temporary)
        if self._journal and staged:
            with contextlib.suppress(OSError):
                os.unlink(self._journal)

    def _put_in_place(self, staged: Mapping[str, _Staged]) -> list[str]:
        """Rename the temporary files to their targets; return the paths written."""
        for path, one in staged.items():
            with self._mapped(path):
                system.replace(one.temporary, one.target)
                self._read[path] = (stamp_of(os.stat(one.target)), None)
            one.renamed = self.wrote = True
        for folder in {one.target.rpartition("/")[0] for one in staged.values()}:
            with self._mapped(folder):
                system.synchronize_folder(folder)
        return list(staged)

    def _changed(self, path: str) -> bool:
        """Whether a file differs from when it was read; False for a file that was not read."""
        if path not in self._read:
            return False
        known = self._read[path]
        try:
            now = os.stat(path)
        except FileNotFoundError:
            return known is not None
        if known is None or stamp_of(now) != known[0]:
            return True
        return known[1] is not None and not _holds(path, now, known[1])

    def _take_in(self, contents: dict[str, bytes], merge: Merge) -> None:
        """Merge what others wrote since the files were read into the contents to be written."""
        for path in [path for path in contents if self._changed(path)]:
            theirs = self.bytes_of(path)
            if theirs is not None:
                contents[path] = merge(path, theirs, contents[path])

    def require_unchanged(self, paths: Iterable[StrPath]) -> None:
        """Make sure that none of these files changed since it was read.

        Raises:
            DragomanError: one changed.
        """
        for path in paths:
            if self._changed(_path(path)):
                raise self._changed_meanwhile(_path(path))

    def _changed_meanwhile(self, path: str) -> DragomanError:
        return DragomanError(
            "changed while this command ran; nothing was written",
            file=self.shown(path),
            how_to_fix="run the command again",
        )

    def append(self, path: StrPath, data: bytes) -> None:
        """Append to a file and synchronize it to the disk.

        If the process is killed, the file has its former content and perhaps a beginning of `data`.

        Raises:
            DragomanError: the system reports an error.
        """
        path = _path(path)
        self.check_inside(path)
        with self._mapped(path):
            self._make_folder(path)
            new = not os.path.exists(path)
            system.refuse_link(path)
            handle = os.open(path, os.O_WRONLY | system.SAFELY | os.O_APPEND, 0o600)
            try:
                written = os.write(handle, data)
                while written < len(data):
                    written += os.write(handle, memoryview(data)[written:])
                system.synchronize(handle)
            finally:
                os.close(handle)
            if new:
                system.synchronize_folder(path.rpartition("/")[0])
        self.wrote = True

    def make_folder(self, path: str) -> bool:
        """Create a folder and its parents; return whether it is new."""
        self.check_inside(path)
        if os.path.isdir(path):
            return False
        with self._mapped(path):
            os.makedirs(path, exist_ok=True)
        return True

    def make_private_folder(self, path: str) -> None:
        """Create a folder and its parents, readable only by its owner."""
        self.check_inside(path)
        with self._mapped(path):
            os.makedirs(path, mode=0o700, exist_ok=True)
            os.chmod(path, 0o700)

    def remove(self, paths: Iterable[str]) -> list[str]:
        """Remove files, and folders that become empty; return the paths that existed.

        The former name of a file stays where it means one that was just written, since only its
        case changed.
        """
        removed = []
        for path in map(_path, paths):
            other = self._written.get(system.folded(path), path)
            if other != path and system.same_file(path, other):
                continue
            self.check_inside(path)
            if not os.path.islink(path):
                self._check_target(path)
            with self._mapped(path), contextlib.suppress(FileNotFoundError):
                os.unlink(path)
                removed.append(path)
        for folder in sorted({path.rpartition("/")[0] for path in removed}, reverse=True):
            self._remove_empty(folder)
        return removed

    def _remove_empty(self, folder: str) -> None:
        """Remove a folder and its parents inside the project, as long as they are empty."""
        root = self.root.rstrip("/") + "/"
        with contextlib.suppress(OSError):
            while folder.startswith(root):
                os.rmdir(folder)
                self._made.discard(folder)
                folder = folder.rpartition("/")[0]

    # --- locks ---

    def remove_leavings(self, folder: str) -> None:
        """Remove what a command that died left behind, for a command that has nothing to write."""
        if os.path.exists(os.path.join(folder, ".journal")):
            with self.locked(folder):
                pass

    @contextlib.contextmanager
    def locked(self, folder: str) -> Iterator[None]:
        """Hold the lock of a folder, so that no two commands write at the same time.

        Temporary files of a command that was killed are removed first.

        Raises:
            DragomanError: another process holds the lock for more than half a minute.
        """
        folder = _path(folder)
        path = f"{folder}/.lock"
        self.check_inside(path)
        with self._mapped(path):
            os.makedirs(folder, exist_ok=True)
        with held(path, self.shown(path), self._mapped(path)):
            self._journal = f"{folder}/.journal"
            try:
                with self._mapped(self._journal):
                    remove_leavings(self._journal)
                yield
            finally:
                self._journal = ""

    def _mapped(self, path: str) -> _Mapped:
        return _Mapped(self, path)


class Rehearsal(Files):
    """Files of a dry run: reads as `Files` does, reports what writing would change, writes nothing."""

    def write(self, files: Mapping[str, bytes], merge: Merge | None = None) -> list[str]:  # noqa: ARG002
        """Return the files whose content would change."""
        changed = []
        for path, data in files.items():
            with self._mapped(path):
                target, status = self._target(path)
                if status is None or not _holds(target, status, data):
                    changed.append(path)
        return changed

    def write_pieces(self, path: StrPath, pieces: Iterable[bytes]) -> None:
        """Write nothing."""

    def append(self, path: StrPath, data: bytes) -> None:
        """Write nothing."""

    def make_folder(self, path: str) -> bool:
        """Whether there is no such folder."""
        return not os.path.isdir(path)

    def remove(self, paths: Iterable[str]) -> list[str]:
        """Return the files that would be removed."""
        return [path for path in paths if os.path.lexists(path)]

    @contextlib.contextmanager
    def locked(self, folder: str) -> Iterator[None]:  # noqa: ARG002
        """Hold no lock: nothing is written."""
        yield


class _Staged:
    """A new content in a temporary file beside its target."""

    __slots__ = ("_was", "renamed", "target", "temporary")

    def __init__(self, temporary: str, target: str, was: os.stat_result | None) -> None:
        self.temporary = temporary
        self.target = target
        self._was = was
        self.renamed = False

    def fill(self, pieces: Iterable[bytes], synchronize: bool) -> None:
        """Write the temporary file, with the mode and owner of the target."""
        former = self._was
        if former is not None and not os.access(self.target, os.W_OK):
            raise PermissionError(errno.EACCES, "is read-only")
        handle = os.open(self.temporary, os.O_WRONLY | system.SAFELY | os.O_EXCL, 0o666)
        try:
            for data in pieces:
                written = os.write(handle, data)
                while written < len(data):
                    written += os.write(handle, memoryview(data)[written:])
            if former is not None:
                system.keep_mode_and_owner(handle, former)
            if synchronize:
                system.synchronize(handle)
        finally:
            os.close(handle)


def _remove_older(staged: Iterable[_Staged]) -> None:
    """Remove temporary files of these targets that killed processes left."""
    names: dict[str, set[str]] = {}
    for one in staged:
        folder, name = os.path.split(one.target)
        names.setdefault(folder, set()).add(name)
    for folder, known in names.items():
        with contextlib.suppress(OSError):
            for other in os.listdir(folder):
                if other[1:].rpartition(".dragoman-")[0] in known:
                    remove_if_dead(f"{folder}/{other}")


class _Mapped:
    """Context manager that turns an OSError about a path into a DragomanError."""

    def __init__(self, files: Files, path: str) -> None:
        self._files = files
        self._path = path

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if not isinstance(error, OSError) or isinstance(error, FileNotFoundError):
            return
        path, sentence, how_to_fix = described(error, self._path)
        if self._files.wrote:
            sentence = sentence.replace("nothing was written", "some files were written before")
        raise DragomanError(sentence, file=self._files.shown(path), how_to_fix=how_to_fix) from None


def _path(path: StrPath) -> str:
    """A path as it is compared and kept here: with `/` between folders."""
    return system.slashed(os.fspath(path))


def _temporary(target: str) -> str:
    folder, _, name = target.rpartition("/")
    return f"{folder}/.{name}.dragoman-{os.getpid()}.tmp"


def _holds(path: str, status: os.stat_result, data: bytes) -> bool:
    """Whether a file has exactly this content."""
    if status.st_size != len(data):
        return False
    with open(path, "rb", buffering=0) as file:
        return _all_of(file.fileno(), len(data)) == data


def _all_of(handle: int, size: int) -> bytes:
    data = os.read(handle, size + 1)
    if len(data) == size:
        return data
    parts = [data]
    while part := os.read(handle, 1 << 20):
        parts.append(part)
    return b"".join(parts)


def stamp_of(status: os.stat_result) -> Stamp:
    """The stamp of a file from its status."""
    return (status.st_mtime_ns, status.st_size, status.st_ino, system.changed_at(status))


def is_young(stamp: Stamp) -> bool:
    """Whether a file changed so recently that another change might not alter its stamp."""
    changed = stamp[3]
    step = _CLOCK_STEP if changed % 1_000_000_000 else _COARSE_STEP
    return time.time_ns() - changed < step


def _place(data: bytes, offset: int) -> tuple[int, int]:
    """Line and column of a byte, both from 1; the column is in bytes."""
    return data.count(b"\n", 0, offset) + 1, offset - data.rfind(b"\n", 0, offset)
