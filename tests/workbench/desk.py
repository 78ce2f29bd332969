"""A project that is served, and how tests come in."""

from __future__ import annotations

import re
import shutil
import threading
from http.client import HTTPConnection
from urllib.parse import quote

CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic"]


class Desk:
    """A project that is served."""

    def __init__(self, place, **options) -> None:
        from dragoman.pipeline.session.session import Session
        from dragoman.project import find
        from dragoman.workbench.app import ServeOptions
        from dragoman.workbench.server import Server

        self.place = place
        self.addresses: list[str] = []
        self.server = Server(
            Session(find(str(place.root))),
            ServeOptions("Tester", **options),
            self.addresses.append,
        )
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        while not self.addresses:
            self.thread.join(0.005)
        self.root = self.server.root
        self.host = self.root.removeprefix("http://")

    def stop(self) -> None:
        self.server.stop()
        self.thread.join(10)
        assert not self.thread.is_alive()

    def url(self, text="day", locale="he", number="", way="t") -> str:
        return f"{self.root}/{way}/{quote(text)}/{locale}" + (f"#{number}" if number else "")

    def open(self, browser, **options):
        """A page of a browser that has come in."""
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda said: page.faults.append(said.text))
        page.goto(self.addresses[-1])
        page.wait_for_url(f"{self.root}/")
        return page

    def ask(self, method="GET", path="/", body=None, cookie=True, **headers):
        """The status and the body of an answer to a request as anybody may send it."""
        host, port = self.host.split(":")
        connection = HTTPConnection(host, int(port), timeout=10)
        said = {"Host": self.host}
        if cookie:
            access = self.server._access
            said["Cookie"] = f"{access.cookie_name}={access.cookie}"
        if body is not None:
            said |= {"Origin": self.root, "Content-Type": "application/json"}
        said |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in said.items():
            if value is not None:
                connection.putheader(name, value)
        data = b"" if body is None else body if isinstance(body, bytes) else body.encode()
        if (body is not None or method not in ("GET", "HEAD")) and "Content-Length" not in said:
            if "Transfer-Encoding" not in said:
                connection.putheader("Content-Length", str(len(data)))
        connection.endheaders(data)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text

    def bytes(self, path) -> tuple[int, bytes]:
        """The status and the bytes of an answer to a page of ours."""
        access = self.server._access
        connection = HTTPConnection(self.host, timeout=30)
        connection.request("GET", path, headers={"Cookie": f"{access.cookie_name}={access.cookie}"})
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, content

    def po(self, locale="he", text="day") -> str:
        return self.place.read(f"locales/{locale}/LC_MESSAGES/{text}.po")

    def target(self, source, locale="he", text="day"):
        """What the catalog says of a sentence, and whether it is a draft."""
        from dragoman import po

        entries = po.parse(self.po(locale, text).encode()).messages()
        return next((e.msgstr, e.fuzzy) for e in entries if e.msgid == source)

    def elsewhere(self, source, target, locale="he", text="day") -> None:
        """Another program writes a translation, as Poedit does: the whole file anew."""
        path = self.place.root / f"locales/{locale}/LC_MESSAGES/{text}.po"
        said = path.read_text("utf-8")
        pattern = rf'(msgid "{re.escape(source)}"\nmsgstr )"[^\n]*"'
        made, count = re.subn(pattern, rf'\1"{target}"', said)
        assert count == 1
        path.write_text(made, "utf-8")
