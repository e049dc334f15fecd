"""Which hosts may be asked: a list of names and addresses, and what a name on it may stand for.

An entry is ``host`` or ``host:port``; without a port, 80 for http and 443 for https. A host is a name in ASCII or an IP address, of IPv6
in brackets. A name that stands for an address within somebody's own network is not followed there, whoever answers for the name; who
means such an address lists it itself, or ``localhost``.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from kg.errors import ReadingError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

PORTS = {"http": 80, "https": 443}
"""The schemes that are spoken, and their ports."""

_NAME = re.compile(r"(?=.{1,253}\Z)[a-z0-9_]([a-z0-9_-]{0,62})(\.[a-z0-9_][a-z0-9_-]{0,62})*")
_NUMBER = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)")
_ENTRY = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^\s\[\]:/@?#%]+)(?::(?P<port>[0-9]{1,5}))?")
_NOT_IN_URLS = re.compile(r"[\x00-\x20\x7f<>\"\\^`{|}]")
_LOCAL = "localhost"
_MOST_SHOWN = 300

_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
_TUNNELS = tuple(map(ipaddress.IPv6Network, ("2001::/23", "3fff::/20")))
_RELAYS = ipaddress.IPv4Network("192.88.99.0/24")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes: an address on the Web, taken apart, whose host is on the list."""

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The host and port as a request names them."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == PORTS[self.scheme] else f"{name}:{self.port}"

    @property
    def literal(self) -> Address | None:
        """The host as an IP address; None for a name."""
        return _literal(self.host)

    def accepts(self, address: Address) -> bool:
        """Tell whether this address of the host may be connected to."""
        if self.literal is not None:
            return address == self.literal
        return address.is_loopback if self.host == _LOCAL else is_public(address)


@dataclass(frozen=True, slots=True)
class AllowedHosts:
    """The hosts, each with its port (None: that of the scheme)."""

    hosts: frozenset[tuple[str, int | None]] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.hosts)

    def check(self, url: str) -> Target:
        """Return what a URL names. Raise ReadingError for what is no http or https URL of a host on the list."""
        target = _taken_apart(url)
        port = None if target.port == PORTS[target.scheme] else target.port
        if not {(target.host, port), (target.host, target.port)} & self.hosts:
            raise ReadingError(
                f"{shown(url)}: the host {target.authority!r} is not among those that this server may ask. Fetch it yourself, or have "
                "whoever runs the server add it to allowed_hosts."
            )
        return target


def read_hosts(entries: Iterable[str]) -> AllowedHosts:
    """Return the list. Raise ValueError, which names the entry, for what is no ``host`` or ``host:port``."""
    return AllowedHosts(frozenset(map(_read_entry, entries)))


def is_public(address: Address) -> bool:
    """Tell whether an address belongs to one host of the whole internet, and stands for no other address that does not."""
    if isinstance(address, ipaddress.IPv4Address):
        return address.is_global and not address.is_multicast and address not in _RELAYS
    if address in _TRANSLATED:
        return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    if address.sixtofour is not None:
        return is_public(address.sixtofour)
    # All else that stands for an address of IPv4 lies outside of these.
    return address in _GLOBAL_UNICAST and address.is_global and not any(address in network for network in _TUNNELS)


def shown(url: str) -> str:
    """Return a URL as a message may quote it: what a stranger wrote on one line, in ASCII, and not too long."""
    return ascii(url)[1:-1][:_MOST_SHOWN]


def _read_entry(entry: str) -> tuple[str, int | None]:
    match = _ENTRY.fullmatch(entry)
    if match is None or "://" in entry:
        raise ValueError(f"{entry!r} is no host")
    port = None if match["port"] is None else int(match["port"])
    if port is not None and not 0 < port < 65_536:
        raise ValueError(f"{entry!r} has no port between 1 and 65535")
    host = _host(match["host"])
    if host is None:
        raise ValueError(f"{entry!r} names no host by a name in ASCII or by a whole IP address")
    return host, port


def _taken_apart(url: str) -> Target:
    try:
        parts = urlsplit(url)
        name, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise ReadingError(f"{shown(url)}: is no URL ({error}). Write it as https://host/path.") from None
    if _NOT_IN_URLS.search(url) or not parts.scheme:
        raise ReadingError(f"{shown(url)}: is no URL. Write it as https://host/path.")
    if parts.scheme not in PORTS:
        raise ReadingError(f"{shown(url)}: the scheme {parts.scheme!r} is not followed. Name an http or https URL.")
    if "@" in parts.netloc:
        raise ReadingError(f"{shown(url)}: holds a user or a password. Leave it out.")
    host = _host(f"[{name}]" if parts.netloc.startswith("[") else name)
    if host is None or port == 0:
        raise ReadingError(
            f"{shown(url)}: the host is no name in ASCII, and no IP address written in full. Write it as https://host/path."
        )
    return Target(url=url, scheme=parts.scheme, host=host, port=port or PORTS[parts.scheme], path=_path(parts))


def _path(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _host(written: str) -> str | None:
    """Return a host in the one way in which it is compared; None for what is none, or an address written as no one writes it."""
    written = written.lower()
    if written.startswith("["):
        literal = _literal(written[1:-1])
        return str(literal) if isinstance(literal, ipaddress.IPv6Address) else None
    literal = _literal(written)
    if literal is not None:
        return str(literal) if isinstance(literal, ipaddress.IPv4Address) else None
    # "2130706433", "0x7f.1" and "127.1" are addresses to some resolvers, and names to nobody.
    return written if _NAME.fullmatch(written) and not _NUMBER.fullmatch(written) else None


def _literal(host: str) -> Address | None:
    if "%" in host:  # a zone, which only this machine knows
        return None
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def acceptable(target: Target, addresses: Sequence[str]) -> list[Address]:
    """Return the addresses that a name stands for. Raise ReadingError where there are none, or where one may not be connected to."""
    found = [literal for address in addresses if (literal := _literal(address.partition("%")[0])) is not None]
    if not found:
        raise ReadingError(f"{shown(target.url)}: nobody knows the host {target.host!r}. Check its spelling.")
    if not all(target.accepts(address) for address in found):
        raise ReadingError(
            f"{shown(target.url)}: the host {target.host!r} stands for an address that is not of the public internet. Whoever runs the "
            "server can list the address itself in allowed_hosts."
        )
    return list(dict.fromkeys(found))
