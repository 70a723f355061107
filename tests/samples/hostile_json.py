"""Feeds in JSON that somebody made, or broke, so that reading them does harm."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from tests.samples.feeds import a_bmlt_meeting, a_located_facility, a_meeting
from tests.samples.hostile_services import A_SERVICE, strange_services
from tests.samples.hostile_texts import VALUES


def strange_rows(row: Mapping[str, Any]) -> list[Any]:
    """Rows of which every field in turn, and then all at once, hold something that doesn't belong there."""
    one = [dict(row, **{name: value}) for name in row for value in VALUES]
    return [*one, *(dict.fromkeys(row, value) for value in VALUES), *VALUES]


def json_feeds() -> Iterator[tuple[str, bytes]]:
    """Feeds for readers of JSON, each with a name."""
    rows = {"AA": a_meeting(), "NA": a_bmlt_meeting(), "FindTreatment.gov": a_located_facility()}
    for name, row in rows.items():
        good = json.dumps([row] * 3).encode()
        yield f"{name}: strange fields", json.dumps(strange_rows(row)).encode()
        yield f"{name}: cut off", good[: len(good) * 2 // 3]
        yield f"{name}: one thing ten times", json.dumps([row] * 10).encode()
        yield f"{name}: unknown codes", json.dumps([_coded(row, number) for number in range(2_000)]).encode()
        yield f"{name}: names twice", good.replace(b'"name', b'"name": 7, "name')
        yield f"{name}: in UTF-16", good.decode().encode("utf-16")
        yield f"{name}: letters broken", good.replace(b"Harbor", b"Harb\xc3r")
    yield "HSDS: strange fields", json.dumps({"contents": list(strange_services())}).encode()
    yield "HSDS: one thing ten times", json.dumps([A_SERVICE] * 10).encode()
    yield from _broken_json()


def _coded(row: Mapping[str, Any], number: int) -> dict[str, Any]:
    """The row with five codes of its own."""
    codes = [f"Q{number}X{part}" for part in range(5)]
    own = {"types": codes, "formats": ",".join(codes), "services": [{"f2": code, "f3": code} for code in codes]}
    return {**row, "name": f"Group {number}"} | {name: value for name, value in own.items() if name in row}


def _broken_json() -> Iterator[tuple[str, bytes]]:
    for text in (
        "",
        " ",
        "[",
        "]",
        "{}",
        "[[",
        "null",
        "7",
        '"x"',
        "[,]",
        "[1 2]",
        '{"meetings": 7}',
        '{"rows": [}',
        "[]x",
    ):
        yield f"JSON: {text!r}", text.encode()
    yield "JSON: deep lists", b"[" * 200_000
    yield "JSON: deep lists in a row", b"[" + b"[" * 90_000 + b"]" * 90_000 + b"]"
    yield "JSON: deep objects", b'[{"a":' * 50_000
    yield "JSON: one number", b"[" + b"9" * 300_000 + b"]"
    yield "JSON: one text", b'["' + b"x" * 300_000 + b'"]'
    yield "JSON: only NULs", bytes(100_000)
    yield "JSON: a comment", b"// rows\n[]"
