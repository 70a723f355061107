"""Passwords: how they are kept, and which are refused."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from finder.accounts import breaches

SHORTEST = 12
LONGEST = 128
_FEWEST_SIGNS = 5  # different ones
_SHORTEST_OF_OWN = 4  # letters of a name that make a password guessable

# The cheapest of the settings for Argon2id that OWASP holds to be as safe as the others
# (https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html): 32 sign-ins at once take 600 MB.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_COMMON = Path(__file__).with_name("common_passwords.txt")
_PADDING = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_SIGNS = re.compile(r"[\W_]+")


class Weakness(StrEnum):
    """Why a password is refused."""

    SHORT = "short"
    LONG = "long"
    COMMON = "common"
    OWN = "own"
    ORGANIZATION = "organization"
    BREACHED = "breached"


@dataclass(frozen=True, slots=True)
class Refused:
    """What an installation refuses beside what every one does: words, and a file (`finder.accounts.breaches`)."""

    words: tuple[str, ...] = ()
    breached: Path | None = None


def weakness(password: str, *, email: str = "", refused: Refused = Refused()) -> Weakness | None:
    """What is wrong with a password that somebody chose; the kinds of letters in it don't matter (NIST SP 800-63B)."""
    typed = _normal(password)
    if len(typed) < SHORTEST:
        return Weakness.SHORT
    if len(typed) > LONGEST:
        return Weakness.LONG
    if len(set(typed)) < _FEWEST_SIGNS or any(part in _common() for part in _guesses(typed.casefold())):
        return Weakness.COMMON
    if _is_in(email.partition("@")[0], typed, shortest=_SHORTEST_OF_OWN):
        return Weakness.OWN
    if any(_is_in(word, typed) for word in refused.words):
        return Weakness.ORGANIZATION
    return Weakness.BREACHED if refused.breached and breaches.is_listed(refused.breached, typed) else None


def hashed(password: str) -> str:
    """The password as we keep it (Argon2id, with its salt and settings)."""
    return _hasher.hash(_normal(password))


def is_right(password_hash: str, password: str) -> bool:
    """Whether this is the password. Takes as long where there is no hash, so that nobody learns that there is none."""
    try:
        _hasher.verify(password_hash or _of_nobody(), _normal(password))
    except VerifyMismatchError:
        return False
    return bool(password_hash)


def is_outdated(password_hash: str) -> bool:
    """Whether the password was hashed with weaker settings than today's, and should be hashed again."""
    return _hasher.check_needs_rehash(password_hash)


def _normal(password: str) -> str:
    # The same letter may be typed as one sign or as two, as the keyboard has it.
    return unicodedata.normalize("NFKC", password)


def _is_in(word: str, typed: str, *, shortest: int = 1) -> bool:
    """Whether somebody typed the word, in large or small letters, with whatever blanks and signs in it."""
    bare, around = (_SIGNS.sub("", _normal(text).casefold()) for text in (word, typed))
    return len(bare) >= shortest and bare in around


def _guesses(typed: str) -> Iterator[str]:
    """What a guesser tries first: a common password as it is, with digits and signs around it, or several times."""
    bare = _PADDING.sub("", typed)
    for text in (typed, bare):
        yield text
        yield from (
            text[:size] for size in range(1, len(text) // 2 + 1) if text == (text[:size] * len(text))[: len(text)]
        )


@cache
def _common() -> frozenset[str]:
    lines = _COMMON.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("# "))


@cache
def _of_nobody() -> str:
    return hashed("the password of nobody at all")
