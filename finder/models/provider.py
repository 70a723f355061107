"""The provider: one place, or one online service or group, where people get help (HSDS location and services)."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from finder.domain.availability import Availability
from finder.domain.geo import Point, Precision
from finder.domain.listing import Status
from finder.domain.phone import Phone, PhoneKind
from finder.domain.schedule import Schedule, ScheduleKind
from finder.models.base import Base, code_column
from finder.models.organization import Organization
from finder.models.source import Source


class Provider(Base):
    """A listing. ``id`` is ours alone; the public meets ``slug`` in addresses and ``public_id`` in data.

    ``version`` counts the listing's own changes; ``directory_version`` is the directory's at the last of them.
    """

    __tablename__ = "provider"
    __table_args__ = (
        UniqueConstraint("source_key", "source_ref"),
        CheckConstraint("latitude BETWEEN -90 AND 90", name="latitude"),
        CheckConstraint("longitude BETWEEN -180 AND 180", name="longitude"),
        CheckConstraint(
            "(precision = 'none') = (latitude IS NULL) AND (precision = 'none') = (longitude IS NULL)",
            name="precision_of_point",
        ),
        CheckConstraint("minimum_age <= maximum_age", name="ages"),
        CheckConstraint("beds >= 0", name="beds"),
        CheckConstraint(
            "accepting IS NULL AND beds IS NULL OR availability_as_of IS NOT NULL", name="availability_dated"
        ),
        CheckConstraint(
            "(availability_as_of IS NULL) = (availability_expires IS NULL)"
            " AND availability_expires > availability_as_of",
            name="availability_period",
        ),
        Index("ix_provider_status", "status", "source_key"),
        Index("ix_provider_name", "name", "id"),
        Index("ix_provider_state", "state", "county"),
        Index("ix_provider_updated_at", "status", "updated_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True)
    slug: Mapped[str] = mapped_column(String(160), unique=True)
    status: Mapped[Status] = mapped_column(code_column(Status))
    review_reason: Mapped[str] = mapped_column(String(200), default="")
    name: Mapped[str] = mapped_column(String(200))
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), index=True)
    description: Mapped[str] = mapped_column(Text, default="")

    address_1: Mapped[str] = mapped_column(String(200), default="")
    address_2: Mapped[str] = mapped_column(String(200), default="")
    city: Mapped[str] = mapped_column(String(100), default="")
    county: Mapped[str] = mapped_column(String(100), default="")
    state: Mapped[str] = mapped_column(String(2), default="")
    postal_code: Mapped[str] = mapped_column(String(10), default="")
    country: Mapped[str] = mapped_column(String(2), default="US")
    confidential: Mapped[bool] = mapped_column(default=False)

    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    precision: Mapped[Precision] = mapped_column(code_column(Precision))
    time_zone: Mapped[str] = mapped_column(String(40), default="")

    website: Mapped[str] = mapped_column(String(300), default="")
    email: Mapped[str] = mapped_column(String(200), default="")
    fees: Mapped[str] = mapped_column(Text, default="")
    alert: Mapped[str] = mapped_column(Text, default="")
    minimum_age: Mapped[int | None]
    maximum_age: Mapped[int | None]

    accepting: Mapped[bool | None]
    beds: Mapped[int | None]
    availability_as_of: Mapped[dt.datetime | None]
    availability_expires: Mapped[dt.datetime | None]

    source_key: Mapped[str] = mapped_column(ForeignKey("source.key"))
    source_ref: Mapped[str] = mapped_column(String(100))
    verified_on: Mapped[dt.date | None]
    review_due_on: Mapped[dt.date | None]
    version: Mapped[int] = mapped_column(default=1)
    directory_version: Mapped[int] = mapped_column(default=0, index=True)
    created_at: Mapped[dt.datetime]
    updated_at: Mapped[dt.datetime]

    organization: Mapped[Organization | None] = relationship(lazy="raise")
    source: Mapped[Source] = relationship(lazy="raise")
    other_sources: Mapped[list[Source]] = relationship(
        lazy="raise",
        viewonly=True,
        secondary="known_as",
        primaryjoin="and_(KnownAs.provider_id == Provider.id, KnownAs.source_key != Provider.source_key, "
        "KnownAs.facts.is_not(None))",
        secondaryjoin="KnownAs.source_key == Source.key",
        order_by="Source.name, Source.key",
    )
    phones: Mapped[list["ProviderPhone"]] = relationship(lazy="raise", order_by="ProviderPhone.position")
    tags: Mapped[list["ProviderTag"]] = relationship(lazy="raise", order_by="ProviderTag.facet, ProviderTag.code")
    schedules: Mapped[list["ProviderSchedule"]] = relationship(lazy="raise", order_by="ProviderSchedule.position")

    @property
    def sources(self) -> tuple[Source, ...]:
        """Whom to name with it: its own source, then the others that told facts of it, by name; all must be loaded."""
        return self.source, *self.other_sources

    @property
    def point(self) -> Point | None:
        """The position, or ``None`` where it isn't known."""
        if self.latitude is None or self.longitude is None:
            return None
        return Point(self.latitude, self.longitude)

    def availability_at(self, now: dt.datetime) -> Availability | None:
        """What the place said of its room for new people, or ``None`` where that isn't known or has expired."""
        if self.availability_as_of is None or self.availability_expires is None:
            return None
        said = Availability(
            accepting=self.accepting,
            beds=self.beds,
            as_of=self.availability_as_of,
            expires=self.availability_expires,
        )
        return said if said.counts_at(now) else None


class ProviderPhone(Base):
    """One telephone number of a listing, in the order in which to try them."""

    __tablename__ = "provider_phone"

    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20))
    kind: Mapped[PhoneKind] = mapped_column(code_column(PhoneKind))
    extension: Mapped[str] = mapped_column(String(10), default="")

    @property
    def value(self) -> Phone:
        """The number as a value."""
        return Phone(self.number, self.kind, self.extension)


class ProviderTag(Base):
    """One thing that is true of a listing, as a facet and a code of the vocabulary."""

    __tablename__ = "provider_tag"
    __table_args__ = ({"sqlite_with_rowid": False},)

    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.id"), primary_key=True)
    facet: Mapped[str] = mapped_column(String(30), primary_key=True)
    code: Mapped[str] = mapped_column(String(40), primary_key=True)


class ProviderSchedule(Base):
    """One weekly span in which the place is open or the group meets, in the place's own time zone."""

    __tablename__ = "provider_schedule"
    __table_args__ = (CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),)

    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    weekday: Mapped[int]
    opens_at: Mapped[dt.time]
    closes_at: Mapped[dt.time | None]
    kind: Mapped[ScheduleKind] = mapped_column(code_column(ScheduleKind))
    note: Mapped[str] = mapped_column(String(200), default="")
    join_url: Mapped[str] = mapped_column(String(300), default="")
    join_phone: Mapped[str] = mapped_column(String(60), default="")

    @property
    def value(self) -> Schedule:
        """The span as a value."""
        return Schedule(
            self.weekday, self.opens_at, self.closes_at, self.kind, self.note, self.join_url, self.join_phone
        )
