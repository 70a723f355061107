"""For which site keys sign."""

import pytest

from finder.accounts.passkeys import Site


@pytest.mark.parametrize(
    ("base_url", "host", "origin"),
    [
        ("https://finder.example.org", "finder.example.org", "https://finder.example.org"),
        ("https://Finder.Example.org:443", "finder.example.org", "https://finder.example.org"),
        ("https://finder.example.org:8443", "finder.example.org", "https://finder.example.org:8443"),
        ("http://localhost:8000", "localhost", "http://localhost:8000"),
    ],
)
def test_a_site_is_told_as_browsers_tell_it(base_url: str, host: str, origin: str) -> None:
    assert Site.at(base_url) == Site(host, origin)
