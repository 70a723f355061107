"""Requests a second that the application answers, counted by ApacheBench."""

import re
import statistics
import subprocess
import urllib.parse
from collections.abc import Sequence
from pathlib import Path

from benchmarks import asking, servers
from benchmarks.peers.over_http import application
from benchmarks.queries import METRO, Query

HTML, JSON, EMPTY = "HTML searches", "JSON searches", "an empty view"
_REQUESTS, _AT_ONCE = 600, 4
_RATE = re.compile(r"Requests per second:\s+([\d.]+)")
_FAILED = re.compile(r"(Failed requests|Non-2xx responses):\s+([1-9]\d*)")


def rates(database: Path, folder: Path, questions: Sequence[Query], repeats: int) -> dict[str, float]:
    """The median rate of each kind of request over searches in metros. Raises `NotHereError` without ``ab``."""
    program = servers.program("ab")
    seen: dict[str, list[float]] = {HTML: [], JSON: [], EMPTY: []}
    metros = [query for query in questions if query.kind == METRO]
    with application(database, folder / "rates.log") as port:
        for number in range(repeats + 1):
            for kind, path in _paths(metros[number % len(metros)]).items():
                rate = _rate(program, f"http://127.0.0.1:{port}{path}")
                if number:  # the first round fills what is kept between requests
                    seen[kind].append(rate)
    return {kind: statistics.median(each) for kind, each in seen.items()}


def _paths(query: Query) -> dict[str, str]:
    form = [("near", f"{query.latitude}, {query.longitude}"), ("radius", f"{query.radius_miles:g}")]
    form += [(facet, code) for facet, codes in query.needs.items() for code in sorted(codes)]
    return {
        HTML: f"/search?{urllib.parse.urlencode(form)}",
        JSON: f"{asking.SHELVED}?{urllib.parse.urlencode({asking.PARAMETER: asking.written(query)})}",
        EMPTY: asking.EMPTY,
    }


def _rate(program: Path, address: str) -> float:
    # -l: a page may differ in length from the one before, by a token for example.
    command = [str(program), "-q", "-k", "-l", "-n", str(_REQUESTS), "-c", str(_AT_ONCE), address]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if failed := _FAILED.search(said):
        raise ValueError(f"{failed[0]} of {address}")
    found = _RATE.search(said)
    if found is None:
        raise ValueError(f"ab said no rate: {said[-500:]}")
    return float(found[1])
