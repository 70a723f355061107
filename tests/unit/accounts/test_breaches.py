"""Stolen passwords are found in a sorted file, wherever they stand in it."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.accounts.breaches import is_listed

PASSWORDS = st.sets(st.text(max_size=4), max_size=12)


def lines_of(passwords: set[str], end: str) -> str:
    """A file as Have I Been Pwned gives it out: digest, how often it was found."""
    digests = sorted(hashlib.sha1(each.encode(), usedforsecurity=False).hexdigest().upper() for each in passwords)
    return "".join(f"{digest}:{10 ** (number % 5)}{end}" for number, digest in enumerate(digests))


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where each example's file is."""
    return tmp_path_factory.mktemp("breaches") / "stolen.txt"


@given(stolen=PASSWORDS, others=PASSWORDS, end=st.sampled_from(["\n", "\r\n"]))
def test_who_is_in_the_file_is_found_and_nobody_else(file: Path, stolen: set[str], others: set[str], end: str) -> None:
    file.write_bytes(lines_of(stolen, end).encode())

    assert {each for each in stolen | others if is_listed(file, each)} == stolen
