"""The one writer: whole files, nothing overwritten unseen, nothing outside, nothing left behind."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import stat
import subprocess
import sys

import pytest

from dragoman.errors import DragomanError
from dragoman.project import Files, files, locks


@pytest.fixture
def here(tmp_path):
    root = tmp_path / "project"
    root.mkdir()
    return root


def names(folder):
    return sorted(path.name for path in folder.iterdir())


# --- reading ---


def test_what_is_no_file_is_refused(here):
    """A pipe would keep the program waiting for ever."""
    os.mkfifo(here / "pipe")
    (here / "folder").mkdir()
    (here / "nowhere").symlink_to(here / "nothing")
    (here / "circle").symlink_to(here / "circle")
    said = {}
    for name in ("pipe", "folder", "nowhere", "circle"):
        with pytest.raises(DragomanError) as error:
            Files(here).bytes_of(here / name)
        said[name] = str(error.value)
    assert said == {
        "pipe": "pipe: is not a regular file; put a file in its place",
        "folder": "folder: is a folder, not a file; move the folder",
        "nowhere": "nowhere: a symbolic link to nothing; fix the link or remove it",
        "circle": "circle: is a symbolic link to itself; fix the link or remove it",
    }
    with pytest.raises(DragomanError, match="is not a regular file"):
        Files(here).write({str(here / "pipe"): b"x"})


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (None, "a.txt: there is no such file"),
        (b"a\nb\0", "a.txt:2:2: there is a NUL byte"),
        (b"\n\0", "a.txt:2:1: there is a NUL byte"),
        (b"\0", "a.txt:1:1: there is a NUL byte"),
        (b"a\n\xff", "a.txt:2:1: byte 0xFF is not UTF-8"),
        (b"a\n" + b"b" * 30, "a.txt:2: the line has 30 characters, more than 20"),
    ],
)
def test_texts_that_are_none(here, data, says, monkeypatch):
    monkeypatch.setattr(files, "LONGEST_LINE", 20)
    if data is not None:
        (here / "a.txt").write_bytes(data)
    with pytest.raises(DragomanError) as error:
        Files(here).text_of(here / "a.txt")
    assert str(error.value).startswith(says)
    assert error.value.how_to_fix


def test_a_long_text_of_short_lines_is_read(here, monkeypatch):
    monkeypatch.setattr(files, "LONGEST_LINE", 20)
    for text in ("short\n" * 9, "x" * 20, "x" * 20 + "\n" + "y" * 20):
        (here / "a.txt").write_text(text)
        assert Files(here).text_of(here / "a.txt") == text
    (here / "a.txt").write_text("x\n" + "y" * 21)
    with pytest.raises(DragomanError, match="a.txt:2: the line has 21 characters"):
        Files(here).text_of(here / "a.txt")


def test_a_file_that_grows_while_it_is_read(here, monkeypatch):
    (here / "a").write_bytes(b"12345678")
    real = os.read
    monkeypatch.setattr(os, "read", lambda handle, size: real(handle, min(size, 3)))
    assert Files(here).bytes_of(here / "a") == b"12345678"


@pytest.mark.parametrize("way", ["link", "folder", "..", "twin"])
def test_nothing_outside_is_read_or_written(here, way):
    """Not through a link, not through a linked folder, not upwards, not into a like-named folder."""
    twin = here.parent / "project_outside"
    twin.mkdir()
    (twin / "a").write_bytes(b"theirs")
    (here / "link").symlink_to(twin / "a")
    (here / "folder").symlink_to(twin)
    path = {
        "link": here / "link",
        "folder": here / "folder/a",
        "..": here / "../project_outside/a",
        "twin": twin / "a",
    }[way]
    writer = Files(here)
    writer.bytes_of(here / "inside")
    for act in (
        lambda: writer.bytes_of(path),
        lambda: writer.write({str(path): b"x"}),
        lambda: writer.remove([str(path)]),
        lambda: writer.make_folder(str(path)),
    ):
        with pytest.raises(DragomanError, match="leads out of the project"):
            act()
    assert (twin / "a").read_bytes() == b"theirs"
    assert names(twin) == ["a"]


def test_links_inside_are_followed_and_stay(here):
    (here / "real").mkdir()
    (here / "real/a").write_bytes(b"1")
    (here / "a").symlink_to("real/a")
    assert Files(here).write({str(here / "a"): b"2"}) == [str(here / "a")]
    assert (here / "a").is_symlink()
    assert (here / "real/a").read_bytes() == b"2"


def test_a_link_back_opens_no_way_out(here):
    """A link in a folder outside leads into the project; the folder stays outside all the same."""
    outside = here.parent / "outside"
    outside.mkdir()
    (here / "out").symlink_to(outside)
    (here / "a").write_bytes(b"1")
    (outside / "back").symlink_to(here / "a")
    writer = Files(here)
    assert writer.bytes_of(here / "out/back") == b"1"
    with pytest.raises(DragomanError, match="leads out of the project"):
        writer.write({str(here / "out/b"): b"2"})


# --- writing ---


def test_equal_contents_are_not_written(here):
    (here / "a").write_bytes(b"1")
    writer = Files(here)
    assert writer.write({str(here / "a"): b"1"}) == []
    assert not writer.wrote
    assert writer.write({str(here / "new/b"): b"2"}) == [str(here / "new/b")]
    assert writer.wrote


def test_stamps(here):
    writer = Files(here)
    path = str(here / "a")
    assert writer.stamp(path) == (0, 0, 0, 0)
    assert writer.bytes_of(path) is None
    assert writer.stamp(path) == (0, 0, 0, 0)
    writer.write({path: b"1"})
    status = os.stat(path)
    expected = (status.st_mtime_ns, 1, status.st_ino, status.st_ctime_ns)
    assert writer.stamp(path) == Files(here).stamp(path) == expected


@pytest.mark.parametrize("change", ["written", "made", "removed", "same size and time"])
def test_a_file_changed_meanwhile_is_not_overwritten(here, change):
    path = here / "a"
    if change != "made":
        path.write_bytes(b"1")
    writer = Files(here)
    writer.bytes_of(path)
    if change == "removed":
        path.unlink()
    else:
        status = path.stat() if path.exists() else None
        path.write_bytes(b"2" if "same" in change else b"theirs")
        if status is not None and "same" in change:
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    with pytest.raises(DragomanError, match="changed while this command ran; nothing was written"):
        writer.write({str(path): b"ours"})
    assert names(here) == ([] if change == "removed" else ["a"])


def test_a_file_saved_again_and_again_is_left_and_the_others_are_written(here):
    """An editor that saves all the time stops nothing but its own catalog."""
    (here / "busy").write_bytes(b"0")
    writer, saves = Files(here), iter(range(1, 1000))
    writer.bytes_of(str(here / "busy"))

    def merge(_path, theirs, ours):
        (here / "busy").write_bytes(str(next(saves)).encode())
        return ours + theirs

    (here / "busy").write_bytes(b"changed")
    with pytest.raises(DragomanError, match="busy: another program saves it again and again"):
        writer.write({str(here / "busy"): b"1", str(here / "calm"): b"2"}, merge)
    assert (here / "calm").read_bytes() == b"2"
    assert (here / "busy").read_bytes() not in (b"1", b"changed")


def test_a_file_changed_meanwhile_is_merged(here):
    (here / "a").write_bytes(b"1")
    writer = Files(here)
    writer.bytes_of(here / "a")
    (here / "a").write_bytes(b"theirs")
    writer.write({str(here / "a"): b"ours"}, lambda _, now, ours: now + b"+" + ours)
    assert (here / "a").read_bytes() == b"theirs+ours"


def test_a_file_changed_while_it_is_merged_is_merged_again(here):
    (here / "a").write_bytes(b"1")
    writer, changes = Files(here), [b"fourth", b"third"]
    writer.bytes_of(here / "a")
    (here / "a").write_bytes(b"second")

    def merge(_, now, ours):
        if changes:
            (here / "a").write_bytes(changes.pop())
        return now + b"+" + ours

    writer.write({str(here / "a"): b"ours"}, merge)
    assert (here / "a").read_bytes() == b"fourth+third+second+ours"


def test_a_file_that_vanished_meanwhile_is_made_again(here):
    (here / "a").write_bytes(b"1")
    writer = Files(here)
    writer.bytes_of(here / "a")
    (here / "a").unlink()
    assert writer.write({str(here / "a"): b"2"}, lambda *_: b"never") == [str(here / "a")]


def test_a_file_that_never_rests_is_given_up(here, monkeypatch):
    (here / "a").write_bytes(b"1")
    writer = Files(here)
    writer.bytes_of(here / "a")
    monkeypatch.setattr(Files, "_changed", lambda *_: True)
    with pytest.raises(DragomanError, match="saves it again and again"):
        writer.write({str(here / "a"): b"2"}, lambda _, now, __: now + b".")
    assert names(here) == ["a"]
    assert (here / "a").read_bytes() == b"1"


def test_many_files_go_out_together(here, monkeypatch):
    synced = []
    monkeypatch.setattr(os, "sync", lambda: synced.append(True))
    wanted = {str(here / f"{n}"): b"x" for n in range(files._MANY + 1)}
    assert len(Files(here).write(wanted)) == len(wanted)
    assert synced == [True]


@pytest.mark.parametrize("way", ["whole", "in pieces"])
def test_contents_are_on_the_disk_before_they_take_their_place(here, monkeypatch, way):
    path, done = here / "a", []
    fsync, rename = os.fsync, os.replace

    def synchronize(handle):
        done.append(os.fstat(handle).st_ino)
        fsync(handle)

    monkeypatch.setattr(os, "fsync", synchronize)
    monkeypatch.setattr(os, "replace", lambda *names: (done.append("renamed"), rename(*names)))
    if way == "whole":
        Files(here).write({str(path): b"1"})
    else:
        Files(here).write_pieces(path, [b"1"])
    assert done == [path.stat().st_ino, "renamed", here.stat().st_ino]


def test_writing_goes_on_after_a_part(here, monkeypatch):
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, bytes(data)[:2]))
    Files(here).write({str(here / "a"): b"12345"})
    assert (here / "a").read_bytes() == b"12345"


@pytest.mark.parametrize("mask", [0o022, 0o077, 0o002])
def test_the_mask_says_who_may_read_what_is_new(here, mask):
    before = os.umask(mask)
    try:
        with Files(here).locked(str(here)):
            Files(here).write({str(here / "a"): b"1"})
    finally:
        os.umask(before)
    for name in (".lock", "a"):
        assert stat.S_IMODE((here / name).stat().st_mode) == 0o666 & ~mask


def test_mode_and_owner_are_kept(here, monkeypatch):
    (here / "a").write_bytes(b"1")
    (here / "a").chmod(0o640)
    Files(here).write({str(here / "a"): b"2"})
    assert stat.S_IMODE((here / "a").stat().st_mode) == 0o640
    asked = []
    monkeypatch.setattr(os, "geteuid", lambda: 4242)

    def fchown(_handle, user, group):
        asked.append((user, group))
        raise PermissionError(errno.EPERM, "not allowed")

    monkeypatch.setattr(os, "fchown", fchown)
    Files(here).write({str(here / "a"): b"3"})
    assert asked == [((here / "a").stat().st_uid, (here / "a").stat().st_gid)]


def test_hard_links_and_read_only_files_are_told(here, monkeypatch):
    (here / "a").write_bytes(b"1")
    os.link(here / "a", here / "b")
    with pytest.raises(DragomanError, match="has a second name"):
        Files(here).write({str(here / "a"): b"2"})
    (here / "b").unlink()
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(DragomanError, match="permission denied"):
        Files(here).write({str(here / "a"): b"2"})
    assert names(here) == ["a"]


def test_an_error_after_the_first_file_says_so(here, monkeypatch):
    real, seen = os.replace, []

    def rename(one, other):
        seen.append(other)
        if len(seen) == 2:
            raise OSError(errno.ENOSPC, "full")
        real(one, other)

    monkeypatch.setattr(os, "replace", rename)
    with pytest.raises(DragomanError, match="the disk is full; some files were written before"):
        Files(here).write({str(here / "a"): b"1", str(here / "b"): b"2"})
    assert names(here) == ["a"]


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOLINK, "Link has been severed"), OSError("Link has been severed")]
)
def test_an_unknown_error_is_told_as_the_system_tells_it(here, monkeypatch, error):
    def mkdir(*_, **__):
        raise error

    monkeypatch.setattr(os, "makedirs", mkdir)
    with pytest.raises(DragomanError, match="x: link has been severed; see the path"):
        Files(here).make_folder(str(here / "x"))


def test_folders_and_removal(here):
    writer = Files(here)
    assert writer.make_folder(str(here / "x/y"))
    assert not writer.make_folder(str(here / "x/y"))
    (here / "a").write_bytes(b"1")
    writer.remove([str(here / "a"), str(here / "a")])
    assert names(here) == ["x"]


def test_where_no_folder_can_be_made(here, monkeypatch):
    """As below /proc."""

    def mkdir(*_, **__):
        raise FileNotFoundError(errno.ENOENT, "No such file or directory")

    monkeypatch.setattr(os, "makedirs", mkdir)
    with pytest.raises(DragomanError, match="^x: no folder can be created here; choose another"):
        Files(here).write({str(here / "x/a"): b"1"})


def test_a_file_in_pieces(here):
    path, pieces = here / "new/a", [b"x" * 1_500_000, b"y"]
    Files(here).write_pieces(path, pieces)
    assert path.read_bytes() == b"".join(pieces)
    assert [len(piece) for piece in Files(here).pieces_of(path)] == [1 << 20, 1_500_001 - (1 << 20)]
    with pytest.raises(DragomanError, match="there is no such file"):
        list(Files(here).pieces_of(here / "b"))

    def broken():
        yield b"z"
        raise OSError(errno.EIO, "broken")

    with pytest.raises(DragomanError, match="the disk reported an error"):
        Files(here).write_pieces(path, broken())
    assert path.read_bytes() == b"".join(pieces)
    assert names(here / "new") == ["a"]


def test_adding_to_a_file(here, monkeypatch):
    real, synced = os.write, []
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, bytes(data)[:2]))
    fsync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda at: (synced.append(os.fstat(at).st_ino), fsync(at)))
    writer = Files(here)
    writer.append(here / "new/a", b"12345")
    file, folder = (here / "new/a").stat(), (here / "new").stat()
    assert synced == [file.st_ino, folder.st_ino]  # the folder too, since the file is new in it
    writer.append(here / "new/a", b"6")
    assert synced == [file.st_ino, folder.st_ino, file.st_ino]
    assert (here / "new/a").read_bytes() == b"123456"
    assert stat.S_IMODE(file.st_mode) == 0o600
    assert writer.wrote
    (here / "link").symlink_to(here / "new/a")
    with pytest.raises(DragomanError, match="symbolic link"):
        writer.append(here / "link", b"7")


# --- what dead processes leave, and locks ---


def dead() -> int:
    """The number of a process that is no more."""
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    return done.pid


def test_what_a_dead_process_left_is_removed(here):
    left = here / f".a.dragoman-{dead()}.tmp"
    alive = here / f".a.dragoman-{os.getppid()}.tmp"
    odd = here / ".a.dragoman-x.tmp"
    other = here / f".b.dragoman-{dead()}.tmp"
    for path in (left, alive, odd, other):
        path.write_bytes(b"")
    writer = Files(here)
    with writer.locked(str(here)):
        pass  # a journal serves as long as the lock is held
    writer.write({str(here / "a"): b"1"})
    assert names(here) == sorted([alive.name, odd.name, other.name, ".lock", "a"])


@pytest.mark.parametrize("locked", [False, True])
def test_what_a_dying_writer_leaves_goes_with_the_next(here, locked):
    script = (
        "import contextlib, os, sys\n"
        "from dragoman.project import Files\n"
        "root, files = sys.argv[1], Files(sys.argv[1])\n"
        "os.replace = lambda *_: os._exit(9)\n"
        "with files.locked(root) if sys.argv[2:] else contextlib.nullcontext():\n"
        "    files.write({root + '/a': b'1', root + '/b\\udcff': b'2'})\n"
    )
    command = [sys.executable, "-c", script, str(here), *["locked"] * locked]
    assert subprocess.run(command, check=False).returncode == 9
    assert len(names(here)) == (4 if locked else 2)
    writer = Files(here)
    with writer.locked(str(here)) if locked else contextlib.nullcontext():
        assert len(names(here)) == (1 if locked else 2)
        writer.write({str(here / "a"): b"3", str(here / "b\udcff"): b"4"})
    assert names(here) == [".lock"] * locked + ["a", "b\udcff"]


def test_processes_of_others_are_alive(here, monkeypatch):
    left = here / f".a.dragoman-{dead()}.tmp"
    left.write_bytes(b"")

    def kill(*_):
        raise PermissionError(errno.EPERM, "not yours")

    monkeypatch.setattr(os, "kill", kill)
    locks.remove_if_dead(str(left))
    assert left.exists()
    locks.remove_if_dead(str(here / "a"))


def test_a_journal_removes_only_what_bears_our_name(here):
    ours, theirs = here / f".a.dragoman-{dead()}.tmp", here / "precious"
    for path in (ours, theirs):
        path.write_bytes(b"")
    listed = [ours, theirs, here / f".gone.dragoman-{dead()}.tmp"]
    (here / ".journal").write_bytes("\0".join(map(str, listed)).encode())
    with Files(here).locked(str(here)):
        assert names(here) == [".lock", "precious"]


def test_the_journal_lists_what_is_staged_and_goes(here, monkeypatch):
    writer, seen = Files(here), []
    real = os.replace

    def rename(one, other):
        seen.append((here / ".journal").read_text().split("\0"))
        assert os.path.relpath(one, here) in seen[-1]  # it is found in a moved project too
        real(one, other)

    monkeypatch.setattr(os, "replace", rename)
    with writer.locked(str(here)):
        writer.write({str(here / "a"): b"1", str(here / "b"): b"2"})
        assert names(here) == [".lock", "a", "b"]
        writer.write({str(here / "a"): b"1"})
    assert [len(listed) for listed in seen] == [2, 2]
    assert names(here) == [".lock", "a", "b"]


def test_who_waits_too_long_is_told(here, monkeypatch):
    monkeypatch.setattr(locks, "_SECONDS", 0.05)
    handle = os.open(here / ".lock", os.O_RDWR | os.O_CREAT)
    fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        wait = pytest.raises(DragomanError, match="another dragoman command is running")
        with wait, Files(here).locked(str(here)):
            raise AssertionError
    finally:
        os.close(handle)
    with Files(here).locked(str(here)):
        pass


def test_a_lock_is_never_a_link(here):
    (here / ".lock").symlink_to(here / "a")
    with pytest.raises(DragomanError, match="symbolic link"), Files(here).locked(str(here)):
        raise AssertionError


def test_a_file_beyond_the_bound_is_not_read(tmp_path):
    path = tmp_path / "large.xlf"
    path.write_bytes(bytes((1 << 20) + 1))
    with pytest.raises(DragomanError, match=r"large\.xlf: more than 1 MB; split it into smaller"):
        Files(tmp_path).bytes_of(path, 1 << 20)
    assert Files(tmp_path).bytes_of(path, 2 << 20) == path.read_bytes()
