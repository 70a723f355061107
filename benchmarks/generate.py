"""Makes a directory of any size, the same in every run, and keeps it in a folder outside the project.

No listing stands within `EDGE` of the radius of any question of `benchmarks.queries`: on a sphere and on the ellipsoid
the same listings are inside, and peers that measure either way give the same totals and counts.
"""

import datetime as dt
import hashlib
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
from sqlalchemy.schema import CreateTable

from benchmarks import catalog, database
from benchmarks.listings import Columns, Floats, Integers, Listings
from benchmarks.queries import queries, standard_zips, unit_vectors
from finder.domain.vocabulary import Code, Facet, Tag
from finder.models import Base

EDGE = 0.008  # as a share of the radius; a sphere's distances are at most 0.6 % off
EARTH_METERS = 6_371_008.8

_SEED = 1
_TODAY = dt.date(2026, 1, 1)
_DAYS = 400
_JITTER_DEGREES = 0.025
_ROWS_AT_A_TIME = 50_000
_LISTINGS_PER_ORGANIZATION = 5
_METRO_DEGREES = 0.2

Tell = Callable[[str], None]


def listings(size: int, cache: Path, tell: Tell) -> Listings:
    """The directory of this size, generated unless ``cache`` has it already."""
    folder = cache / f"{size}-{_fingerprint()}"
    columns, path = folder / "columns.npz", folder / "finder.db"
    if not columns.exists():
        folder.mkdir(parents=True, exist_ok=True)
        tell(f"generating {size:,} listings")
        made = Listings(generate(size), path)
        tell(f"writing {size:,} listings to a database")
        database.write(made)
        made.columns.save(columns)  # last: where it is, all is
    return Listings(Columns.load(columns), path)


def generate(size: int) -> Columns:
    """Draw the columns."""
    draw = np.random.default_rng([_SEED, size])
    zips = draw.choice(len(standard_zips()), size=size, p=_zip_weights())
    latitudes, longitudes = _points(zips, draw)
    kinds = draw.choice(len(catalog.KINDS), size=size, p=catalog.KIND_SHARES)
    organizations = max(1, size // _LISTINGS_PER_ORGANIZATION)
    owners = draw.integers(organizations, size=size)
    owners[(kinds == catalog.GROUP) & (draw.random(size) < 0.6)] = -1
    name_words = (catalog.FIRST_WORDS, catalog.SECOND_WORDS, catalog.LAST_WORDS)
    owner_words = (catalog.FIRST_WORDS, catalog.SECOND_WORDS, catalog.ORGANIZATION_WORDS)
    return Columns(
        latitudes=latitudes,
        longitudes=longitudes,
        zips=zips,
        kinds=kinds,
        verified=_TODAY.toordinal() - draw.integers(_DAYS, size=size),
        masks=_masks(kinds, draw),
        words=np.stack([_zipf(len(words), size, draw) for words in name_words], axis=1),
        organizations=owners,
        organization_words=np.stack([_zipf(len(words), organizations, draw) for words in owner_words], axis=1),
    )


def _fingerprint() -> str:
    """Changes with the generator, the questions and finder's tables: no old directory is taken for a new one."""
    names = ("generate", "queries", "catalog", "database", "listings")
    ours = [Path(__file__).with_name(f"{name}.py") for name in names]
    ours += [Path(__file__).with_name(f"{name}.toml") for name in ("prevalences", "words")]
    tables = "".join(str(CreateTable(table)) for table in Base.metadata.sorted_tables)
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in ours) + tables.encode())
    return digest.hexdigest()[:12]


def _zip_weights() -> Floats:
    """ZIP codes already stand closer where people live; those of the big metros weigh more still."""
    zips = standard_zips()
    latitudes, longitudes = (np.array([float(each[name]) for each in zips]) for name in ("lat", "long"))
    weights = np.ones(len(zips))
    for _, _, latitude, longitude, millions in catalog.METROS:
        squares = (latitudes - latitude) ** 2 + ((longitudes - longitude) * math.cos(math.radians(latitude))) ** 2
        weights += 0.8 * millions * np.exp(-squares / (2 * _METRO_DEGREES**2))
    return np.asarray(weights / weights.sum())


def _points(zips: Integers, draw: np.random.Generator) -> tuple[Floats, Floats]:
    """Each listing near the middle of its ZIP code and off the edge of every question."""
    middles = np.array([[float(each["lat"]), float(each["long"])] for each in standard_zips()])[zips]
    points = np.empty_like(middles)
    left = np.arange(zips.size)
    while left.size:
        points[left] = (middles[left] + draw.normal(0, _JITTER_DEGREES, size=(left.size, 2))).round(6)
        left = left[_on_an_edge(points[left])]
    return points[:, 0].copy(), points[:, 1].copy()


def _on_an_edge(points: Floats) -> Integers:
    circles = [(query, query.meters) for query in queries() if query.meters]
    centers = unit_vectors([query.latitude for query, _ in circles], [query.longitude for query, _ in circles])
    radii = np.array([meters for _, meters in circles]) / EARTH_METERS
    nearest, farthest = np.cos(radii * (1 - EDGE)), np.cos(radii * (1 + EDGE))
    found = []
    for start in range(0, len(points), _ROWS_AT_A_TIME):
        some = points[start : start + _ROWS_AT_A_TIME]
        cosines = unit_vectors(some[:, 0], some[:, 1]) @ centers.T
        found.append(start + np.flatnonzero(((cosines < nearest) & (cosines > farthest)).any(axis=1)))
    return np.concatenate(found)


def _masks(kinds: Integers, draw: np.random.Generator) -> Integers:
    """Which tags each listing has: by its kind, and by its leanings, which tie the codes of a theme together."""
    themes = sorted({prevalence.theme for prevalence in catalog.PREVALENCES})
    leanings = dict(zip(themes, draw.normal(size=(len(themes), kinds.size)), strict=True))
    masks = np.zeros((kinds.size, catalog.WORDS), dtype=np.int64)
    for number, prevalence in enumerate(catalog.PREVALENCES):
        shares = np.clip(prevalence.shares, 1e-9, 1 - 1e-9)
        odds = np.log(shares / (1 - shares))[kinds] + prevalence.strength * leanings[prevalence.theme]
        has = draw.random(kinds.size) < 1 / (1 + np.exp(-odds))
        word, bit = divmod(number, catalog.BITS_PER_WORD)
        masks[:, word] |= has.astype(np.int64) << bit
    _attend_both_ways(masks)
    return masks


def _attend_both_ways(masks: Integers) -> None:
    """In person and online at once is hybrid, and hybrid is both, as finder takes it."""
    tags = [Tag(Facet("attendance"), Code(code)) for code in ("in_person", "online", "hybrid")]
    in_person, online, hybrid = (np.array(catalog.mask([tag])) for tag in tags)
    both = (masks & in_person).any(axis=1) & (masks & online).any(axis=1)
    masks[both | (masks & hybrid).any(axis=1)] |= in_person | online | hybrid


def _zipf(choices: int, size: int, draw: np.random.Generator) -> Integers:
    weights = 1 / np.arange(2, choices + 2)
    return draw.choice(choices, size=size, p=weights / weights.sum())
