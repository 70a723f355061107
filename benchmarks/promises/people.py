"""People who save and read on all nodes of a service at once, and what they see."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from itertools import count, cycle

from benchmarks.promises.site import Server

PAGES = ("/search?near=60601", "/search?near=10001&radius=50", "/search?near=90012&payment=medicaid")
_THREADS = 2  # that save, and as many that read, on each node


@dataclass(slots=True)
class Seen:
    """Texts whose saves were acknowledged, when saves were refused and taken, statuses of pages."""

    saved: list[str] = field(default_factory=list)
    refused_at: list[float] = field(default_factory=list)
    saved_at: list[float] = field(default_factory=list)
    pages: list[int | None] = field(default_factory=list)

    def outage_after(self, moment: float) -> float:
        """For how many seconds from then on saves were refused: until the first after which none was, anywhere."""
        last_refused = max((each for each in self.refused_at if each > moment), default=moment)
        return min((each for each in self.saved_at if each > last_refused), default=float("inf")) - moment


@contextmanager
def busy(nodes: Sequence[Server], notes_of: Sequence[int], pages_of: int) -> Iterator[Seen]:
    """People save notes of these listings, and read the pages of so many others, until the block ends."""
    seen, done = Seen(), threading.Event()
    people: list[Callable[[], None]] = []
    for node in nodes:
        people += [lambda node=node, listing=id_: _save(node, listing, seen, done) for id_ in notes_of[:_THREADS]]
        people += [lambda node=node, first=n: _read(node, first, pages_of, seen, done) for n in range(_THREADS)]
    with ThreadPoolExecutor(len(people)) as threads:
        begun = [threads.submit(each) for each in people]
        try:
            yield seen
        finally:
            done.set()
    for each in begun:
        each.result()


def _save(node: Server, listing: int, seen: Seen, done: threading.Event) -> None:
    for number in count():
        if done.is_set():
            return
        note = f"note {node.port} {listing} {number}"
        if node.write_note(listing, note) == HTTPStatus.SEE_OTHER:
            seen.saved.append(note)
            seen.saved_at.append(time.monotonic())
        else:
            seen.refused_at.append(time.monotonic())
            time.sleep(0.02)


def _read(node: Server, first: int, of: int, seen: Seen, done: threading.Event) -> None:
    places = (f"/providers/listing-{number % of + 1}" for number in count(first, 7_919))
    for search, place in zip(cycle(PAGES), places, strict=False):
        if done.is_set():
            return
        seen.pages += [node.ask("GET", search), node.ask("GET", place)]
