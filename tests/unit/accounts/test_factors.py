"""Codes that change every half minute."""

import datetime as dt
from base64 import b32encode
from urllib.parse import parse_qs, urlsplit

import pytest

from finder.accounts.factors import app_address, code_at, matching_step, new_secret

# RFC 6238, appendix B, for SHA-1; of the eight digits there, apps show the last six.
SECRET = b32encode(b"12345678901234567890").decode()
VECTORS = [
    (59, "287082"),
    (1111111109, "081804"),
    (1111111111, "050471"),
    (1234567890, "005924"),
    (2000000000, "279037"),
    (20000000000, "353130"),
]


def at(seconds: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(seconds, dt.UTC)


@pytest.mark.parametrize(("seconds", "code"), VECTORS)
def test_the_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    assert code_at(SECRET, at(seconds)) == code
    assert matching_step(SECRET, code, at(seconds)) == seconds // 30


@pytest.mark.parametrize(("late", "step"), [(-61, None), (-30, 2), (0, 2), (30, 2), (61, None)])
def test_a_clock_may_be_a_step_off(late: int, step: int | None) -> None:
    assert matching_step(SECRET, code_at(SECRET, at(60)), at(60 + late)) == step


def test_a_step_that_was_used_is_not_taken_again() -> None:
    code = code_at(SECRET, at(60))

    assert matching_step(SECRET, code, at(60), after=1) == 2
    assert matching_step(SECRET, code, at(60), after=2) is None


def test_each_secret_is_another_of_160_bits() -> None:
    assert len({new_secret() for _ in range(100)}) == 100
    assert len(new_secret()) == 32


def test_the_app_reads_who_it_is_for_and_who_asks() -> None:
    address = urlsplit(app_address(SECRET, "ada@county.example"))

    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    assert "ada%40county.example" in address.path
    asked = parse_qs(address.query)
    assert (asked["secret"], asked["issuer"], asked["digits"], asked["period"]) == (
        [SECRET],
        ["Treatment finder"],
        ["6"],
        ["30"],
    )
