"""Writes a generated directory into a SQLite file with finder's own tables, and reads a page from it."""

import datetime as dt
import sqlite3
import uuid
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, create_engine, insert

from benchmarks import catalog
from benchmarks.listings import Listings
from benchmarks.queries import standard_zips
from finder.domain.geo import Precision
from finder.domain.listing import Status
from finder.domain.phone import PhoneKind
from finder.models import Base, DirectoryVersion, Organization, Provider, ProviderPhone, Source
from finder.models.connection import engine_options
from finder.search.listed import SHOWN

_SOURCE = "generated"
_WRITTEN_AT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_ROWS_AT_A_TIME = 10_000
_SHOWN = tuple(map(str, SHOWN))


def write(listings: Listings) -> None:
    """Write all tables anew."""
    for path in listings.database.parent.glob(f"{listings.database.name}*"):
        path.unlink()
    url = f"sqlite:///{listings.database}"
    engine = create_engine(url, **engine_options(url))
    Base.metadata.create_all(engine)
    with engine.begin() as connection:
        _insert(connection, Source.__table__, [{"key": _SOURCE, "name": "Generated", "fictional": True}])
        _insert(connection, DirectoryVersion.__table__, [{"id": 1, "version": 1}])
        _insert(connection, Organization.__table__, _organizations(listings))
        for start in range(0, listings.size, _ROWS_AT_A_TIME):
            rows = range(start, min(start + _ROWS_AT_A_TIME, listings.size))
            _insert(connection, Provider.__table__, _providers(listings, rows))
            _insert(connection, ProviderPhone.__table__, _phones(rows))
            # In the driver's own words: there are some 40 million tags for a million listings.
            statement = "INSERT INTO provider_tag (provider_id, facet, code) VALUES (?, ?, ?)"
            connection.exec_driver_sql(statement, list(_tags(listings, rows)))
    with engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
    engine.dispose()


class Pages:
    """Loads listings of a page in three statements, without an ORM."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)

    def load(self, ids: Sequence[int]) -> list[dict[str, Any]]:
        """The listings with organization, phones and the tags that lists show, in the order of ``ids``."""
        marks = ",".join("?" * len(ids))
        cursor = self._connection.execute(
            "SELECT provider.*, organization.name AS organization FROM provider"
            " LEFT JOIN organization ON organization.id = organization_id"
            # The plus keeps SQLite from the index on the status, which all listings share.
            f" WHERE +status = 'published' AND provider.id IN ({marks})",
            ids,
        )
        names = [column[0] for column in cursor.description]
        found = {row[0]: dict(zip(names, row, strict=True)) | {"phones": [], "tags": []} for row in cursor}
        # The primary keys' order is that of positions, and of facets and codes.
        phones = f"SELECT provider_id, number, kind, extension FROM provider_phone WHERE provider_id IN ({marks})"
        tags = f"SELECT provider_id, facet, code FROM provider_tag WHERE provider_id IN ({marks}) AND facet IN {_SHOWN}"
        for part, statement in (("phones", phones), ("tags", tags)):
            for id_, *values in self._connection.execute(statement, ids):
                found[id_][part].append(values)
        return [found[id_] for id_ in ids]

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def _insert(connection: Connection, table: Any, rows: Iterable[dict[str, Any]]) -> None:
    assert isinstance(table, Table)  # noqa: S101 (for the type checker: models know their table as FromClause)
    connection.execute(insert(table), list(rows))


def _organizations(listings: Listings) -> Iterator[dict[str, Any]]:
    for number, name in enumerate(listings.organization_names, start=1):
        yield {"id": number, "public_id": uuid.UUID(int=number), "name": name}


def _providers(listings: Listings, rows: range) -> Iterator[dict[str, Any]]:
    columns, zips = listings.columns, standard_zips()
    for row in rows:
        zip_, owner = zips[columns.zips[row]], int(columns.organizations[row])
        yield {
            "id": row + 1,
            "public_id": uuid.UUID(int=row + 1),
            "slug": f"listing-{row + 1}",
            "status": Status.PUBLISHED,
            "name": listings.names[row],
            "organization_id": owner + 1 if owner >= 0 else None,
            "address_1": f"{row % 9000 + 100} Main Street",
            "city": zip_["city"],
            "county": zip_["county"],
            "state": zip_["state"],
            "postal_code": zip_["zip_code"],
            "latitude": float(columns.latitudes[row]),
            "longitude": float(columns.longitudes[row]),
            "precision": Precision.ADDRESS,
            "time_zone": zip_["timezone"],
            "website": f"https://listing-{row + 1}.example.org/",
            "source_key": _SOURCE,
            "source_ref": str(row + 1),
            "verified_on": dt.date.fromordinal(int(columns.verified[row])),
            "created_at": _WRITTEN_AT,
            "updated_at": _WRITTEN_AT,
        }


def _phones(rows: range) -> Iterator[dict[str, Any]]:
    """One number each, and a second for every third."""
    for row in rows:
        kinds = [PhoneKind.MAIN, PhoneKind.INTAKE] if row % 3 == 0 else [PhoneKind.MAIN]
        for position, kind in enumerate(kinds):
            number = f"+1555{row % 10_000_000:07}"
            yield {"provider_id": row + 1, "position": position, "number": number, "kind": kind, "extension": ""}


def _tags(listings: Listings, rows: range) -> Iterator[tuple[int, str, str]]:
    """In the order of the primary key, so that the table only grows at its end."""
    by_name = sorted(range(len(catalog.TAGS)), key=catalog.TAGS.__getitem__)
    rank = {number: place for place, number in enumerate(by_name)}
    for row, numbers in listings.tags(rows.start, rows.stop):
        for number in sorted(numbers.tolist(), key=rank.__getitem__):
            yield row + 1, *catalog.TAGS[number]
