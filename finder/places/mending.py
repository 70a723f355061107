"""The ZIPs of all states, with the holes in the ``zipcodes`` package's data filled from the ZIPs around them."""

from collections import Counter
from collections.abc import Callable, Sequence

from finder.places.county_names import county_key
from finder.places.states import STATES
from finder.places.zips import Zip, center, read_state


def read_zips() -> dict[str, Zip]:
    """Every ZIP but the military ones, in ascending order: about 42,000, in about half a second.

    State by state, because the package keeps its list of everything, once asked for it, in memory for good (138 MB).
    """
    found = {record.code: record for state in STATES for record in mended(list(read_state(state)))}
    return {code: found[code] for code in sorted(found)}


def mended(state: Sequence[Zip]) -> list[Zip]:
    """One state's ZIPs, each with a position, a time zone and, where the data knows counties, a county spelled one way.

    The data lacks 41 positions, 148 counties and one time zone. A position comes from the other ZIPs of the city, else
    from those with the same first three digits; the rest from the nearest ZIP that has it.
    """
    rows = _with_usual_counties(state)
    return [row if _is_whole(row) else _filled(row, rows) for row in rows]


def _with_usual_counties(rows: Sequence[Zip]) -> list[Zip]:
    counted = Counter(row.county for row in rows if row.county).most_common()
    by_key: dict[str, str] = {}
    usual = {county: by_key.setdefault(county_key(county), county) for county, _ in counted}
    return [row if usual.get(row.county, "") == row.county else row._replace(county=usual[row.county]) for row in rows]


def _is_whole(row: Zip) -> bool:
    return bool(row.latitude and row.longitude and row.county and row.time_zone)


def _filled(row: Zip, state: Sequence[Zip]) -> Zip:
    if not (row.latitude and row.longitude):
        latitude, longitude = center(_peers(row, state))
        row = row._replace(latitude=latitude, longitude=longitude)
    return row._replace(
        county=row.county or _of_nearest(row, state, lambda other: other.county),
        time_zone=row.time_zone or _of_nearest(row, state, lambda other: other.time_zone),
    )


def _peers(row: Zip, state: Sequence[Zip]) -> list[Zip]:
    located = [other for other in state if other.latitude and other.longitude]
    same_city = [other for other in located if other.city == row.city]
    same_section = [other for other in located if other.code[:3] == row.code[:3]]
    return same_city or same_section or located


def _of_nearest(row: Zip, state: Sequence[Zip], value: Callable[[Zip], str]) -> str:
    having = [other for other in state if value(other) and other.latitude]
    nearest = min(having, key=lambda other: _apart(row, other), default=None)
    return value(nearest) if nearest else ""


def _apart(one: Zip, other: Zip) -> float:
    # Flat degrees are enough to rank neighbors inside a state.
    return (one.latitude - other.latitude) ** 2 + (one.longitude - other.longitude) ** 2 / 2
