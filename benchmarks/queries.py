"""The questions that every peer is asked: six classes, the same for every size of directory."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import zipcodes

from benchmarks import catalog
from finder.domain.geo import METERS_PER_MILE, Place, Point, Precision
from finder.domain.vocabulary import Code, Facet, Tag
from finder.search import Criteria

METRO, RURAL, STATE, NATION = "metro 10 mi", "rural 50 mi", "state", "nation"
METRO_TEXT, NATION_TEXT = "metro 25 mi + text", "nation + text"
CLASSES = (METRO, RURAL, STATE, NATION, METRO_TEXT, NATION_TEXT)

PER_CLASS = 30
_SEED = 20_260_101
_RURAL_KILOMETERS = 130  # from every metro's middle
_EARTH_KILOMETERS = 6371.0088


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Query:
    """One question: where, which needs, which words; always the first page, nearest first.

    ``latitude`` and ``longitude`` are what distances are from. ``home`` is the state that point lies in; ``state``
    limits the search to a state.
    """

    kind: str
    latitude: float
    longitude: float
    home: str
    radius_miles: float | None = None
    state: str = ""
    needs: catalog.Needs
    text: str = ""

    @property
    def meters(self) -> float | None:
        """The radius in meters."""
        return None if self.radius_miles is None else self.radius_miles * METERS_PER_MILE

    @property
    def words(self) -> tuple[str, ...]:
        """The words, each to be found at the beginning of some word."""
        return tuple(self.text.lower().split())

    @property
    def groups(self) -> tuple[tuple[Tag, ...], ...]:
        """For each facet chosen, its codes as tags in order."""
        return tuple(tuple(Tag(facet, code) for code in sorted(codes)) for facet, codes in self.needs.items())

    @property
    def masks(self) -> tuple[tuple[int, ...], ...]:
        """For each facet chosen, its codes as bits."""
        return tuple(catalog.mask(group) for group in self.groups)

    def criteria(self) -> Criteria:
        """The question in finder's own form."""
        point = Point(self.latitude, self.longitude)
        place = Place(label="the middle", point=point, precision=Precision.ZIP, state=self.home)
        return Criteria(near=place, radius_miles=self.radius_miles, state=self.state, needs=self.needs, text=self.text)


@cache
def queries() -> tuple[Query, ...]:
    """All questions, class by class; the same in every run."""
    draw = np.random.default_rng(_SEED)
    return tuple(
        Query(kind=kind, needs=_needs(number, draw), **where)
        for kind in CLASSES
        for number, where in zip(range(PER_CLASS), _places(kind, draw), strict=False)
    )


@cache
def standard_zips() -> tuple[dict[str, Any], ...]:
    """The ZIP codes of ordinary places."""
    everything: list[dict[str, Any]] = zipcodes.list_all()  # type: ignore[no-untyped-call]  # it has no types
    return tuple(each for each in everything if each["zip_code_type"] == "STANDARD" and each["active"])


def unit_vectors(latitudes: Any, longitudes: Any) -> Any:
    """Points in degrees as vectors of length 1, shape (points, 3)."""
    latitudes, longitudes = np.radians(latitudes), np.radians(longitudes)
    across = np.cos(latitudes)
    return np.stack((across * np.cos(longitudes), across * np.sin(longitudes), np.sin(latitudes)), axis=-1)


def _places(kind: str, draw: np.random.Generator) -> Iterator[dict[str, Any]]:
    """Where the searches of a class are, without end."""
    while True:
        match kind:
            case "metro 10 mi":
                yield _in_a_metro(draw) | {"radius_miles": 10}
            case "rural 50 mi":
                yield _at(_pick(_rural_zips(), draw)) | {"radius_miles": 50}
            case "state":
                there = _at(_pick(standard_zips(), draw))
                yield there | {"state": there["home"]}
            case "nation":
                yield _in_a_metro(draw)
            case "metro 25 mi + text":
                yield _in_a_metro(draw) | {"radius_miles": 25, "text": _text(draw)}
            case _:
                yield _at(_pick(standard_zips(), draw)) | {"text": _text(draw)}


def _in_a_metro(draw: np.random.Generator) -> dict[str, Any]:
    people = np.array([metro[4] for metro in catalog.METROS])
    metro = catalog.METROS[draw.choice(people.size, p=people / people.sum())]
    north, east = draw.normal(0, 0.04, size=2).tolist()
    return {"latitude": round(metro[2] + north, 4), "longitude": round(metro[3] + east, 4), "home": metro[1]}


@cache
def _rural_zips() -> tuple[dict[str, Any], ...]:
    """ZIP codes of the lower 48 far from every metro."""
    lower = [each for each in standard_zips() if each["state"] not in {"AK", "HI", "GU", "PR", "VI"}]
    points = unit_vectors([float(each["lat"]) for each in lower], [float(each["long"]) for each in lower])
    middles = unit_vectors([metro[2] for metro in catalog.METROS], [metro[3] for metro in catalog.METROS])
    far = (points @ middles.T).max(axis=1) < np.cos(_RURAL_KILOMETERS / _EARTH_KILOMETERS)
    return tuple(each for each, is_far in zip(lower, far, strict=True) if is_far)


def _pick(zips: tuple[dict[str, Any], ...], draw: np.random.Generator) -> dict[str, Any]:
    return zips[draw.integers(len(zips))]


def _at(zip_: dict[str, Any]) -> dict[str, Any]:
    return {"latitude": float(zip_["lat"]), "longitude": float(zip_["long"]), "home": zip_["state"]}


def _text(draw: np.random.Generator) -> str:
    """One or two beginnings of words, three letters or more, as people type them."""
    lists = [catalog.FIRST_WORDS[:30], catalog.LAST_WORDS[:10]][: 1 + int(draw.random() < 0.4)]
    return " ".join(_beginning(str(draw.choice(words)).lower(), draw) for words in lists)


def _beginning(word: str, draw: np.random.Generator) -> str:
    return word[: draw.integers(3, len(word) + 1)]


def _needs(number: int, draw: np.random.Generator) -> catalog.Needs:
    """By turns: a level of care; that and two ways to pay; a medication and a population; languages and help to pay."""
    match number % 4:
        case 0:
            return _chosen(("level_of_care", ["detox", "inpatient", "outpatient", "support_group"], 1), draw=draw)
        case 1:
            levels = ["detox", "inpatient", "outpatient"]
            pay = ["medicaid", "medicare", "private_insurance", "military_insurance", "tribal_funds"]
            return _chosen(("level_of_care", levels, 1), ("payment", pay, 2), draw=draw)
        case 2:
            medications = ["buprenorphine", "methadone", "naltrexone", "acamprosate"]
            groups = ["pregnant_postpartum", "adolescents", "women", "veterans", "lgbtq"]
            return _chosen(("medication", medications, 1), ("population", groups, 1), draw=draw)
    languages = ["spanish", "arabic", "chinese", "french", "polish", "russian", "vietnamese"]
    return _chosen(("language", languages, 2), ("payment_help", ["free", "sliding_fee"], 1), draw=draw)


def _chosen(*facets: tuple[str, Iterable[str], int], draw: np.random.Generator) -> catalog.Needs:
    return {
        Facet(facet): frozenset(Code(str(code)) for code in draw.choice(list(codes), size=count, replace=False))
        for facet, codes, count in facets
    }
