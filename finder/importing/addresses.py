"""Which addresses of the web we fetch from: public ones, so that nobody can make us ask our own network."""

import ipaddress
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from finder.importing.bounds import UnreadableFile

Resolve = Callable[[str, int], Sequence[str]]
"""Gives the IP addresses of a host for a port; raises ``OSError`` where it has none."""

_PORTS = {"http": 80, "https": 443}
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")  # RFC 4291: leaves out mapped, translated and local addresses
# Beside what Python knows, which differs from one of its versions to the next.
_NEVER = tuple(
    map(
        ipaddress.ip_network,
        (
            "192.0.0.0/24",  # special purposes (RFC 6890), such as Oracle's metadata
            "192.88.99.0/24",  # relays that lead elsewhere
            "168.63.129.16/32",  # public by its number, but in Azure the machine's own host
            "2001::/23",  # special purposes, such as Teredo, which leads to an IPv4 address inside
            "2002::/16",  # 6to4, which does too
        ),
    )
)
_HOW_TO_TRUST = "If it is yours, the operator can allow it with FINDER_FETCH_PRIVATE_HOSTS."
_KEPT_IN_PATHS = "/%:@!$&'()*+,;=~-._"


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked for, where: an address taken apart. ``host`` is as DNS has it, ``path`` has the query too."""

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def host_header(self) -> str:
        """The host as a request names it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def is_usual_port(self) -> bool:
        """Whether the port is the web's: 80 or 443."""
        return self.port in _PORTS.values()


def target_of(url: str) -> Target:
    """The parts of an address. Raises `UnreadableFile` for one that isn't http or https, or holds a password."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").encode("idna").decode()
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise UnreadableFile(f"{url} is no address of the web.") from error
    if parts.scheme not in _PORTS or not host:
        raise UnreadableFile(f"{url} is no address that starts with http:// or https://.")
    if parts.username is not None or parts.password is not None:
        raise UnreadableFile("An address with a name or password in it isn't asked.")
    path = quote(parts.path or "/", safe=_KEPT_IN_PATHS)
    query = f"?{quote(parts.query, safe=_KEPT_IN_PATHS + '?[]')}" if parts.query else ""
    return Target(url, parts.scheme, host, port, path + query)


def addresses_of(target: Target, resolve: Resolve, trusted: frozenset[str]) -> Sequence[str]:
    """The IP addresses of the target's host, once each is public or the operator trusts that host.

    ``trusted`` holds ``host`` or ``host:port``. Raises `UnreadableFile` for any other, and ``OSError`` for a host that
    nobody knows. Connect to what this gives: asked again, a name may lead elsewhere.
    """
    is_trusted = f"{target.host}:{target.port}" in trusted or (target.is_usual_port and target.host in trusted)
    if not is_trusted and not target.is_usual_port:
        raise UnreadableFile(f"{target.url} has a port of its own; only 80 and 443 are asked. {_HOW_TO_TRUST}")
    found = resolve(target.host, target.port)
    if not is_trusted and not all(map(is_public, found)):
        raise UnreadableFile(f"{target.host} is in a network that isn't public. {_HOW_TO_TRUST}")
    return found


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet and leads to one machine there."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if any(ip in network for network in _NEVER) or not ip.is_global or ip.is_multicast or ip.is_reserved:
        return False
    return ip.version == 4 or ip in _GLOBAL_UNICAST


def system_addresses(host: str, port: int) -> Sequence[str]:
    """What the system knows of a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))
