"""What a traced server did to its database's files, and what it told its clients, in the order in which it happened.

Reads the log of ``strace -f -xx -y``: https://strace.io
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs

OPTIONS = ("-f", "-qq", "-xx", "-y", "-s", "65000", "-e", "trace=pwrite64,ftruncate,fsync,fdatasync,sendto,recvfrom")

_LINE = re.compile(r"(?P<thread>\d+) +(?:<\.\.\. (?P<goes_on>\w+) resumed>|(?P<call>\w+)\()(?P<rest>.*)")
_ON_FILE = re.compile(r"\d+<(?P<path>[^>]*)>")
_WRITE = re.compile(r'\d+<[^>]*>, "(?P<data>[^"]*)", \d+, (?P<offset>\d+)')
_TRUNCATE = re.compile(r"\d+<[^>]*>, (?P<size>\d+)")
_TEXT = re.compile(r'"(?P<text>[^"]*)"')
_UNFINISHED = "<unfinished ...>"
_SAVED = b"HTTP/1.1 303 "


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes were given to a file; they reach the disk at any time until the next sync ends."""

    file: str
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Truncate:
    """A file was cut or stretched to a size."""

    file: str
    size: int


@dataclass(frozen=True, slots=True)
class Sync:
    """All that happened to the file before event number ``since`` is on the disk now."""

    file: str
    since: int


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """Somebody was told that this was saved."""

    text: str


Event = Write | Truncate | Sync | Acknowledged


def events_of(log: Iterable[str], files: str) -> list[Event]:
    """The events in a log that concern files whose paths begin with ``files``, and what was acknowledged.

    A write counts from its beginning, a sync from its end, an answer from its first byte.
    """
    events: list[Event] = []
    syncing: dict[str, tuple[str, int]] = {}  # by thread: the file, and how many events there were
    asked: dict[str, str] = {}  # by thread: what it was asked to save
    for line in log:
        found = _LINE.match(line)
        if not found:
            continue
        thread, rest, call = found["thread"], found["rest"], found["call"] or found["goes_on"]
        if call in {"fsync", "fdatasync"}:
            if found["call"]:
                syncing[thread] = _file_of(rest), len(events)
            if _UNFINISHED not in rest:
                events += _concerning(files, [Sync(*syncing.pop(thread))])
        elif call == "recvfrom":
            asked[thread] = _asked(rest) or asked.get(thread, "")
        elif call == "sendto" and _begins_as(rest, _SAVED) and asked.get(thread):
            events.append(Acknowledged(asked.pop(thread)))
        elif found["call"]:
            events += _concerning(files, _change(call, rest))
    return events


def _concerning(files: str, changes: Iterable[Write | Truncate | Sync]) -> Iterator[Event]:
    return (change for change in changes if change.file.startswith(files))


def _change(call: str, rest: str) -> Iterator[Write | Truncate]:
    if call == "pwrite64" and (write := _WRITE.match(rest)):
        yield Write(_file_of(rest), int(write["offset"]), _unhexed(write["data"]))
    elif call == "ftruncate" and (cut := _TRUNCATE.match(rest)):
        yield Truncate(_file_of(rest), int(cut["size"]))


def _file_of(rest: str) -> str:
    found = _ON_FILE.match(rest)
    if not found:
        raise ValueError(f"no file in {rest[:100]}")
    return _unhexed(found["path"]).decode()


def _asked(rest: str) -> str:
    """The text of a note that these bytes of a request ask to save; empty where there is none in them."""
    found = _TEXT.search(rest)
    body = _unhexed(found["text"]).rpartition(b"\r\n")[2] if found else b""
    return parse_qs(body.decode("latin-1")).get("text", [""])[0]


def _begins_as(rest: str, beginning: bytes) -> bool:
    found = _TEXT.search(rest)
    return bool(found) and _unhexed(found["text"][: 4 * len(beginning)]) == beginning


def _unhexed(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))
