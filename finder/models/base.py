"""What all tables share: names for constraints, and times in UTC."""

import datetime as dt
from enum import StrEnum

from sqlalchemy import DateTime, Dialect, Enum, MetaData
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.orm import registry as Registry  # noqa: N812 (a class in spite of its name)
from sqlalchemy.types import TypeDecorator

# A constraint without a name can't be altered by a migration on SQLite, nor mapped to a form field.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[dt.datetime]):
    """An aware time, kept in UTC; SQLite, which knows no zones, gets it naive and gives it back aware.

    Raises ``ValueError`` for a naive time: nobody could say which moment it meant.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        utc = value.astimezone(dt.UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002 (SQLAlchemy's signature)
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


def code_column(codes: type[StrEnum]) -> Enum:
    """A column type for an enumeration, stored as its readable values with a check, so that a dump explains itself."""
    return Enum(
        codes,
        name=codes.__name__.lower(),
        native_enum=False,
        create_constraint=True,
        length=20,
        values_callable=lambda members: [member.value for member in members],
    )


class Base(DeclarativeBase):
    """Our declarative base; knows no Flask."""

    # A registry, not its parts: Flask-SQLAlchemy derives a second base from this one, which must find the same tables.
    registry = Registry(metadata=MetaData(naming_convention=NAMES), type_annotation_map={dt.datetime: UtcDateTime})
