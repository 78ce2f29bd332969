"""A PostgreSQL of our own on the loopback address, in a temporary folder, gone afterwards."""

from __future__ import annotations

import glob
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SECONDS = 60


def program(name: str) -> str | None:
    """A program of PostgreSQL; Debian keeps those of the server out of the PATH."""
    folders = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda f: -int(f.split("/")[-2]))
    return shutil.which(name) or shutil.which(name, path=os.pathsep.join(folders))


def is_installed() -> bool:
    return program("initdb") is not None and program("postgres") is not None


class Server:
    """A server that can be killed and started again."""

    def __init__(self, folder: Path, user: str | None) -> None:
        self._data = folder / "data"
        self._log = folder / "log"
        self._user = user
        self._process: subprocess.Popen[bytes] | None = None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        make = [program("initdb"), "-D", self._data, "-U", "dragoman", "--auth=trust", "-E", "UTF8"]
        subprocess.run(
            [*make, "--locale=C", "--no-sync"], check=True, stdout=subprocess.DEVNULL,
            user=user, cwd=folder, env=_ENVIRONMENT,
        )  # fmt: skip

    @property
    def address(self) -> str:
        return f"postgresql://dragoman@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        said = {
            "listen_addresses": "127.0.0.1", "port": self.port, "unix_socket_directories": "",
            "fsync": "off", "shared_buffers": "256MB",
        }  # fmt: skip
        options = [word for key, value in said.items() for word in ("-c", f"{key}={value}")]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [program("postgres"), "-D", self._data, *options], stdout=log, stderr=log,
                user=self._user, cwd=self._data, env=_ENVIRONMENT,
            )  # fmt: skip
        until = time.monotonic() + SECONDS
        while time.monotonic() < until and self._process.poll() is None:
            if "ready to accept connections" in self._log.read_text("utf-8", "replace"):
                with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                    return
            time.sleep(0.05)
        raise RuntimeError(self._log.read_text("utf-8", "replace"))

    def ensure(self) -> None:
        """Start it if it has ended."""
        if self._process is None or self._process.poll() is not None:
            self.start()

    def end(self, how: signal.Signals = signal.SIGQUIT) -> None:
        """End it: SIGQUIT drops every connection at once, as a crash does."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(how)
            self._process.wait(SECONDS)
        self._process = None
        self._log.write_bytes(b"")


_ENVIRONMENT = {"LC_ALL": "C", "PATH": os.environ["PATH"]}


@contextmanager
def postgres() -> Iterator[Server]:
    """A running server; PostgreSQL does not run as root, so root starts it as another user."""
    folder = Path(tempfile.mkdtemp(prefix="dragoman-pg-"))
    user = _other_user() if os.geteuid() == 0 else None
    if user is not None:
        os.chown(folder, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
    server = None
    try:
        server = Server(folder, user)
        server.start()
        yield server
    finally:
        if server is not None:
            server.end()
        shutil.rmtree(folder, ignore_errors=True)


def _other_user() -> str:
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"
