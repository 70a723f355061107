"""HSDS as somebody made it, or broke it, so that reading it does harm."""

import itertools
import json
from collections.abc import Iterator, Mapping
from typing import Any

from tests.samples.hostile_texts import TEXTS, VALUES
from tests.samples.human_services import SERVICE
from tests.samples.tables import csv_text
from tests.samples.workbooks import archive

A_SERVICE: Mapping[str, Any] = {
    **SERVICE,
    "alternate_name": "The house",
    "alert": "Closed in May",
    "maximum_age": 99,
    "last_modified": "2026-01-02T00:00:00Z",
    "schedules": [
        {
            "freq": "WEEKLY",
            "byday": "MO,TU",
            "opens_at": "09:00",
            "closes_at": "17:00",
            "interval": 1,
            "timezone": 0,
            "valid_to": "2030-01-01",
            "dtstart": "2026-01-01",
            "bymonthday": "1",
            "notes": "By appointment",
        }
    ],
    "cost_options": [{"option": "free", "amount": 0, "currency": "USD"}],
}
"""A service that tells all that one can."""

_OURS = ("position_precision", "confidential_address", "availability_as_of", "availability_expires", "time_zone")


def strange_services() -> Iterator[Any]:
    """Services of which every part, at any depth, holds something that doesn't belong there."""
    yield A_SERVICE
    for number, (path, value) in enumerate(itertools.product(_paths(A_SERVICE), VALUES)):
        changed = inner = _service(f"service {number}")
        for step in path[:-1]:
            inner = inner[step]
        inner[path[-1]] = value
        yield changed
    for number, (name, value) in enumerate(itertools.product(_OURS, VALUES)):
        changed = _service(f"ours {number}")
        changed["attributes"] = [{"link_type": each, "value": value if each == name else "address"} for each in _OURS]
        changed["service_at_locations"][0]["location"]["attributes"] = changed["attributes"]
        yield changed


def _service(id_: str) -> Any:
    """The service under another id."""
    changed = json.loads(json.dumps(A_SERVICE))
    changed["id"] = changed["service_at_locations"][0]["id"] = id_
    return changed


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where in a document there is something, from the outside in."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, each in inside:
        yield (*path, step)
        yield from _paths(each, (*path, step))


def packages() -> Iterator[tuple[str, bytes]]:
    """HSDS's tables in a zip archive, each with a name."""
    services = csv_text(
        [_row(number, text) | {"id": f"s{number}", "name": f"Detox {text}"} for number, text in enumerate(TEXTS)]
    )
    beside = csv_text([_row(number, text) for number, text in enumerate(TEXTS)])
    names = "organizations locations service_at_locations addresses phones schedules languages attributes"
    good = {"services.csv": services.encode("utf-8", "replace")}
    more = {f"{name}.csv": beside.encode("utf-8", "replace") for name in names.split()}
    yield "HSDS package: strange cells", archive({**good, **more})
    yield (
        "HSDS package: a description of nothing",
        archive({**good, "datapackage.json": '{"resources": [7, {"path": []}]}'}),
    )
    yield "HSDS package: in UTF-16", archive({"services.csv": services.encode("utf-16", "replace")})
    yield "HSDS package: an endless line", archive({"services.csv": "id,name\n" + "x" * 2_000_000})
    yield "HSDS package: an endless cell", archive({"services.csv": 'id,name\n"' + "x\n" * 1_000_000})
    yield "HSDS package: NULs", archive({"services.csv": "id,name\n" + "\0" * 100_000})
    yield "HSDS package: no services", archive({"organizations.csv": "id,name\n1,x\n"})
    yield "HSDS package: cut off", archive(good)[:-40]


def _row(number: int, text: str) -> dict[str, str]:
    """A row of any of HSDS's tables, of the service with this number, with this text wherever one may stand."""
    own = ("id", "name", "description", "url", "email", "number", "address_1", "city", "state_province", "postal_code")
    more = ("latitude", "longitude", "opens_at", "closes_at", "byday", "language", "link_type", "value", "fees")
    ids = {"service_id": f"s{number}", "location_id": text, "organization_id": text}
    return dict.fromkeys((*own, *more), text) | ids
