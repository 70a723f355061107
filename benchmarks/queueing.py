"""Queues, simulated event by event: requests of one kind, several servers, first come first served (M/G/c).

Service times are lognormal: many short ones, few long ones, as measured. Seeded, so that a run can be had again.
"""

import heapq
import math
import random
import statistics
from dataclasses import dataclass

_Z95 = 1.6449  # standard normal, 95 %
_THINK = (1.0, 5.0)  # seconds, as in benchmarks.load.journeys
_IN_A_ROW = 3  # requests that a person's browser makes before they think again, as in its journeys


@dataclass(frozen=True, slots=True)
class Seen:
    """How many requests were answered, and how long they took, in seconds."""

    requests: int
    mean: float
    median: float
    p95: float
    p99: float

    @classmethod
    def of(cls, times: list[float]) -> "Seen":
        """The figures of so many times."""
        marks = statistics.quantiles(times, n=100)
        return cls(len(times), statistics.fmean(times), marks[49], marks[94], marks[98])

    def __str__(self) -> str:
        return f"{self.requests:,} requests, median {self.median * 1000:.1f} ms, p95 {self.p95 * 1000:.1f} ms"


@dataclass(frozen=True, slots=True)
class Servers:
    """So many servers, whose requests take ``mean`` seconds, at the 95th percentile ``spread`` times the median."""

    count: int
    mean: float
    spread: float

    def draw(self, chance: random.Random) -> float:
        """The time that one request takes, in seconds."""
        sigma = math.log(self.spread) / _Z95
        return chance.lognormvariate(math.log(self.mean) - sigma**2 / 2, sigma)


def open_queue(rate: float, servers: Servers, arrivals: int, seed: int) -> Seen:
    """So many requests a second from many people who don't wait for each other."""
    chance = random.Random(seed)  # noqa: S311 (a simulation)
    free, now = [0.0] * servers.count, 0.0
    times = []
    for _ in range(arrivals):
        now += chance.expovariate(rate)
        end = max(now, heapq.heappop(free)) + servers.draw(chance)
        heapq.heappush(free, end)
        times.append(end - now)
    return Seen.of(times)


def closed_loop(users: int, seconds: float, servers: Servers, seed: int) -> Seen:
    """So many people who ask, wait for the answer, think, and ask again; they come within five seconds."""
    chance = random.Random(seed)  # noqa: S311 (a simulation)
    free = [0.0] * servers.count
    asking = [(5 * person / users, 0) for person in range(users)]
    heapq.heapify(asking)
    times = []
    while asking[0][0] < seconds:
        now, asked = heapq.heappop(asking)
        end = max(now, heapq.heappop(free)) + servers.draw(chance)
        heapq.heappush(free, end)
        times.append(end - now)
        is_last = asked + 1 == _IN_A_ROW
        heapq.heappush(asking, (end + chance.uniform(*_THINK), 0) if is_last else (end, asked + 1))
    return Seen.of(times)
