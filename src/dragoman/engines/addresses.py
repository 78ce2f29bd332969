"""Decides which addresses texts may be sent to; they are looked up once for a whole run.

A name that is looked up again may have another address (DNS rebinding), so connections use the
addresses that were checked. Addresses in a private network are refused unless the user gives them,
because a project file from elsewhere must not make this program connect to them.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from typing import NamedTuple
from urllib.parse import urlsplit

from dragoman.engines.engine_errors import EngineError, ErrorKind
from dragoman.errors import DragomanError

_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,252})|[0-9A-Fa-f:.]{2,45}")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


class ServerAddress(NamedTuple):
    """A server and path, as given in a URL."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Scheme, host and port; the port is left out if it is the scheme's default."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = {"http": 80, "https": 443}[self.scheme]
        return f"{self.scheme}://{host}" + ("" if self.port == usual else f":{self.port}")


def place(url: str) -> ServerAddress:
    """Parse the URL of a server.

    Raises:
        DragomanError: it is not a plain http or https URL. User name, password, query and
            fragment are refused, and not shown, since they could contain keys.

    >>> place("https://mt.example.org/v1/").origin
    'https://mt.example.org'
    """
    shown = re.sub(r"[?#].*|(?<=//)[^/]*@", "…", url)
    if (
        re.search(r"[\x00-\x20\x7f\\]", url)
        or not url.partition("//")[2].partition("/")[2].isascii()
    ):
        raise _no_address(shown)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _no_address(shown) from None
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise DragomanError(
            f"{shown!r} has more than an address",
            how_to_fix="leave user name, password, ? and # out; keys come from the environment",
        )
    host = _ascii(parts.hostname or "")
    if parts.scheme not in ("http", "https") or _HOST.fullmatch(host) is None or port == 0:
        raise _no_address(shown)
    usual = 443 if parts.scheme == "https" else 80
    return ServerAddress(parts.scheme, host, port or usual, parts.path.rstrip("/"))


def _ascii(host: str) -> str:
    """A host name in ASCII (IDNA); empty if it has no such form."""
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return ""


def _no_address(url: str) -> DragomanError:
    return DragomanError(
        f"{url!r} is not the address of a server", how_to_fix="give one like https://mt.example.org"
    )


def looked_up(where: ServerAddress, *, named: bool) -> list[str]:
    """The IP addresses of a server, if texts may be sent there.

    Args:
        where: the server.
        named: whether the user gave it in the command; it may then be in a private network.

    Raises:
        EngineError: the name cannot be resolved, or nothing may be sent to an address of it.
    """
    try:
        entries = socket.getaddrinfo(where.host, where.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise EngineError(
            ErrorKind.UNREACHABLE,
            f"cannot find {where.host}",
            how_to_fix="check the name and the network connection",
        ) from None
    numbers = list(dict.fromkeys(str(entry[4][0]) for entry in entries))
    for number in numbers:
        _judge(where, ipaddress.ip_address(number.partition("%")[0]), named=named)
    return numbers


def _judge(where: ServerAddress, address: IPAddress, *, named: bool) -> None:
    """Raise EngineError if nothing may be sent to an address."""
    real = inner(address)
    if (
        real.is_link_local
        or real.is_multicast
        or real.is_unspecified
        or (real.is_reserved and not real.is_loopback)
    ):
        raise EngineError(
            ErrorKind.UNSAFE,
            f"{_led(where, address)} a network where no engine lives",
            how_to_fix="give another address",
        )
    public = real.is_global
    if not public and not named:
        raise EngineError(
            ErrorKind.UNSAFE,
            f"{_led(where, address)} a private network",
            how_to_fix="name it in the command with --endpoint, or allow it with --private",
        )
    if public and where.scheme == "http":
        raise EngineError(
            ErrorKind.UNSAFE,
            f"texts would go to {where.host} unencrypted",
            how_to_fix="use https://",
        )


def _led(where: ServerAddress, address: IPAddress) -> str:
    """`NAME leads to ADDRESS, in`, or `ADDRESS is in` if the URL has no name."""
    return (
        f"{address} is in" if where.host == str(address) else f"{where.host} leads to {address}, in"
    )


def inner(address: IPAddress) -> IPAddress:
    """The IPv4 address embedded in an IPv6 address (RFC 4291, 3056, 6052), else the address itself.

    >>> inner(ipaddress.ip_address("::ffff:127.0.0.1"))
    IPv4Address('127.0.0.1')
    """
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address
