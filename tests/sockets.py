"""No test reaches another machine."""

import ipaddress
import socket
from typing import Any

import pytest


def only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail a test that connects Python to another machine or looks up its name.

    The failure is no ``Exception``: code that answers for a network that is down can't hide it.
    """
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and not is_loopback(address[0]):
            pytest.fail(f"a test reached out to {address[0]}")
        connect(self, address)

    def guarded_look_up(host: Any, *args: Any, **options: Any) -> Any:
        if host and not is_loopback(host):
            pytest.fail(f"a test looked up {host}")
        return look_up(host, *args, **options)

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_look_up)


def is_loopback(host: str | bytes) -> bool:
    """Whether a host's name or address is this machine's."""
    name = host.decode() if isinstance(host, bytes) else host
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
