"""No test reaches another machine, nor, here, a database."""

import socket
import sqlite3
import urllib.request

import pytest

from tests.sockets import is_loopback


def test_a_connection_to_another_machine_fails_the_test() -> None:
    with socket.socket() as plug, pytest.raises(pytest.fail.Exception, match=r"reached out to 192\.0\.2\.1"):
        plug.connect(("192.0.2.1", 80))


def test_code_that_expects_the_network_to_fail_does_not_hide_it() -> None:
    with pytest.raises(pytest.fail.Exception, match=r"looked up directory\.example"):
        urllib.request.urlopen("http://directory.example/")


def test_a_unit_test_that_opens_a_database_fails() -> None:
    with pytest.raises(pytest.fail.Exception, match="opened a database"):
        sqlite3.dbapi2.connect(":memory:")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.9.9.9", "::1", b"localhost"])
def test_this_machine_may_be_reached(host: str | bytes) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["192.0.2.1", "directory.example", "localhost.example", "2001:db8::1", ""])
def test_other_machines_may_not(host: str) -> None:
    assert not is_loopback(host)
