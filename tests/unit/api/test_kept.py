"""Answers that are made once and told to many."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from finder.api.kept import Kept, unpacked


def test_an_answer_is_made_once_however_many_ask_at_the_same_time() -> None:
    kept, made, all_ask = Kept(1_000), list[int](), threading.Barrier(8)

    def making() -> Iterator[bytes]:
        made.append(1)
        yield from (b"[1,", b"2]")

    def ask(_number: int) -> bytes:
        all_ask.wait()
        return b"".join(unpacked(kept.packed("feed", making)))

    with ThreadPoolExecutor(8) as people:
        assert set(people.map(ask, range(8))) == {b"[1,2]"}
    assert made == [1]


def test_the_oldest_goes_where_there_is_no_room_for_all() -> None:
    kept, made = Kept(50), list[str]()  # two answers of one byte, with what packing adds

    def making(key: str) -> Iterator[bytes]:
        made.append(key)
        yield b"x"

    for key in "abcbca":
        kept.packed(key, partial(making, key))

    assert made == list("abca")


def test_of_an_answer_that_fails_nothing_is_kept() -> None:
    def failing() -> Iterator[bytes]:
        yield b"["
        raise OSError("the database is gone")

    kept = Kept(1_000)
    with pytest.raises(OSError, match="gone"):
        kept.packed("feed", failing)

    assert b"".join(unpacked(kept.packed("feed", lambda: [b"[]"]))) == b"[]"
