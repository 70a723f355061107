"""Promise 7: slow clients can't take the service down."""

import socket
import statistics
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from benchmarks.promises.measured import Measured
from benchmarks.promises.site import Server, new_site

_SLOW = 20
_ROUNDS = 40
_MOST_SECONDS = 2.0  # on a machine that does other things too


@dataclass(frozen=True, slots=True)
class Beside:
    """What somebody in a hurry saw beside slow clients: the statuses of all answers, and how long each took."""

    statuses: frozenset[int | None]
    seconds: tuple[float, ...]


def slow_clients_are_survived() -> Measured:
    """Twenty clients that never finish their headers and send a byte now and then, beside one in a hurry."""
    seen = beside_slow_clients()
    worst = max(seen.seconds)
    figure = (
        f"{_SLOW} slow clients: {_ROUNDS} searches answered {', '.join(sorted(map(str, seen.statuses)))}, "
        f"median {1000 * statistics.median(seen.seconds):.0f} ms, slowest {1000 * worst:.0f} ms"
    )
    return Measured(figure, seen.statuses == {HTTPStatus.OK} and worst < _MOST_SECONDS)


def beside_slow_clients(slow_ones: int = _SLOW, rounds: int = _ROUNDS) -> Beside:
    """Ask so many times while so many slow clients hold their connections."""
    with tempfile.TemporaryDirectory() as folder, new_site(Path(folder)).served() as server, ExitStack() as stack:
        slow = [stack.enter_context(_slow_client(server)) for _ in range(slow_ones)]
        seconds, statuses = [], {server.ask("GET", "/search?near=60601")}  # the first makes the page's parts
        for turn in range(rounds):
            slow[turn % slow_ones].send(b"a")
            begun = time.perf_counter()
            statuses.add(server.ask("GET", "/search?near=60601"))
            seconds.append(time.perf_counter() - begun)
    return Beside(frozenset(statuses), tuple(seconds))


def _slow_client(server: Server) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", server.port))
    client.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
    return client
