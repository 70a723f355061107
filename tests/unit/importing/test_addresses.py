"""Nobody can make us ask our own network."""

from collections.abc import Sequence

import pytest

from finder.importing import UnreadableFile
from finder.importing.addresses import addresses_of, is_public, target_of

PRIVATE = [
    "127.0.0.1",
    "0.0.0.0",  # noqa: S104 (refused)
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.169.254",
    "168.63.129.16",
    "192.0.0.192",
    "198.18.0.1",
    "203.0.113.1",
    "224.0.1.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b:1::a00:1",
    "2002:7f00:1::",
    "2001:db8::1",
    "fe80::1%eth0",
    "fec0::1",
    "fd00:ec2::254",
    "ff02::1",
]


def nowhere(_host: str, _port: int) -> Sequence[str]:
    pytest.fail("an address that is refused is looked up")


def at(*addresses: str) -> object:
    return lambda _host, _port: addresses


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_of_a_network_of_its_own_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111"])
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "feed.json",
        "file:///etc/hostname",
        "ftp://feeds.example/x",
        "gopher://feeds.example/",
        "http://",
        "http:///feed.json",
        "http://name:password@feeds.example/",
        "http://name@feeds.example/",
        "http://feeds.example:0x50/",
        "http://feeds.example:99999/",
        "http://[::1/",
        f"http://{'a' * 80}.example/",
    ],
)
def test_only_plain_addresses_of_the_web_are_asked(url: str) -> None:
    with pytest.raises(UnreadableFile):
        target_of(url)


@pytest.mark.parametrize(
    ("url", "host", "path"),
    [
        ("https://Feeds.Example/meetings?day=1&q=é#top", "feeds.example", "/meetings?day=1&q=%C3%A9"),
        ("https://feeds.example:443", "feeds.example", "/"),
        ("http://feeds.example:443/a b%20c", "feeds.example:443", "/a%20b%20c"),
        ("https://bücher.example/", "xn--bcher-kva.example", "/"),
        ("http://[2606:4700:4700::1111]/x", "[2606:4700:4700::1111]", "/x"),
    ],
)
def test_an_address_is_asked_as_its_server_understands_it(url: str, host: str, path: str) -> None:
    target = target_of(url)

    assert (target.host_header, target.path) == (host, path)


def test_one_private_address_among_public_ones_is_enough_to_refuse_a_host() -> None:
    with pytest.raises(UnreadableFile, match="isn't public"):
        addresses_of(target_of("https://feeds.example/"), at("8.8.8.8", "10.0.0.1"), frozenset())


def test_a_port_of_its_own_is_refused_before_anybody_is_asked() -> None:
    with pytest.raises(UnreadableFile, match="FINDER_FETCH_PRIVATE_HOSTS"):
        addresses_of(target_of("http://feeds.example:6379/"), nowhere, frozenset())


@pytest.mark.parametrize(
    ("url", "trusted", "is_asked"),
    [
        ("http://intranet/feed", "intranet", True),
        ("http://intranet/feed", "intranet:80", True),
        ("http://intranet:8080/feed", "intranet:8080", True),
        ("http://intranet:8080/feed", "intranet", False),
        ("http://intranet:6379/feed", "intranet:8080", False),
        ("http://other/feed", "intranet", False),
    ],
)
def test_an_operator_may_trust_a_host_of_the_own_network(url: str, trusted: str, is_asked: bool) -> None:  # noqa: FBT001 (a row of the table)
    try:
        found = addresses_of(target_of(url), at("10.0.0.1"), frozenset({trusted}))
    except UnreadableFile:
        found = []

    assert list(found) == (["10.0.0.1"] if is_asked else [])
