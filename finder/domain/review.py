"""How listings are kept true: groups of facts, checks of them, and how long a check may be believed."""

import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked_dataclass

from finder.domain.vocabulary import SEEDS, Facet


class FieldGroup(StrEnum):
    """Facts of a listing that a person checks together."""

    PHONE = "phone"
    ADDRESS = "address"
    SERVICES = "services"
    PAYMENT = "payment"
    HOURS = "hours"
    AVAILABILITY = "availability"
    WEBSITE = "website"
    DESCRIPTION = "description"


class CheckMethod(StrEnum):
    """How somebody learned whether facts are true; every method but ``import`` is a person's."""

    CALL = "call"
    VISIT = "visit"
    WEBSITE = "website"
    EMAIL = "email"
    REPRESENTATIVE = "representative"  # the place said so itself
    IMPORT = "import"  # a source told it again


class CheckResult(StrEnum):
    """What a check came to. After ``corrected`` the facts are as true as after ``confirmed``."""

    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    COULD_NOT_REACH = "could_not_reach"


FACTS_OF: Mapping[FieldGroup, tuple[str, ...]] = MappingProxyType(
    {
        FieldGroup.PHONE: ("phones",),
        FieldGroup.ADDRESS: (
            *("address_1", "address_2", "city", "county", "state", "postal_code", "country"),
            *("confidential", "point", "precision", "time_zone"),
        ),
        FieldGroup.SERVICES: ("tags", "minimum_age", "maximum_age"),
        FieldGroup.PAYMENT: ("tags", "fees"),
        FieldGroup.HOURS: ("schedules",),
        FieldGroup.AVAILABILITY: ("accepting", "beds", "availability_as_of", "availability_expires"),
        FieldGroup.WEBSITE: ("website", "email"),
        FieldGroup.DESCRIPTION: ("name", "organization", "description", "alert"),
    }
)
"""The facts in each group, by their names in a listing's draft. The tags are divided: see `group_of_facet`."""

_PAYMENT_FACETS = frozenset({Facet("payment"), Facet("payment_help")})


def group_of_facet(facet: Facet) -> FieldGroup:
    """Ways to pay are checked with the fees, all other tags with the services."""
    return FieldGroup.PAYMENT if facet in _PAYMENT_FACETS else FieldGroup.SERVICES


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a person found out about one group of facts, on a day."""

    group: FieldGroup
    method: CheckMethod
    result: CheckResult
    on: dt.date
    note: str = ""


@checked_dataclass(frozen=True, slots=True, kw_only=True, config={"extra": "forbid"})
class GroupPolicy:
    """For how many ``days`` a check of a group is believed, and how much it matters from 1 to 10.

    An ``essential`` group decides when the listing as a whole counts as checked, and when it is due again.
    """

    days: Annotated[int, Field(ge=1, le=3650)]
    importance: Annotated[int, Field(ge=1, le=10)]
    essential: bool = False


@dataclass(frozen=True, slots=True)
class ReviewPolicy:
    """The rule for each group of facts.

    Raises ``ValueError`` where a group has none, and where no group is essential.
    """

    groups: Mapping[FieldGroup, GroupPolicy]

    def __post_init__(self) -> None:
        if missing := [group.value for group in FieldGroup if group not in self.groups]:
            raise ValueError(f"no rule for {', '.join(missing)}")
        if not any(rule.essential for rule in self.groups.values()):
            raise ValueError("no group is essential")

    def changed(self, rules: Mapping[FieldGroup, GroupPolicy]) -> "ReviewPolicy":
        """The policy with other rules for some groups."""
        return ReviewPolicy(MappingProxyType({**self.groups, **rules}))

    def due_on(self, group: FieldGroup, checked_on: dt.date) -> dt.date:
        """The day on which a group that was found true on a day must be checked again."""
        return checked_on + dt.timedelta(days=self.groups[group].days)

    def harm(self, group: FieldGroup, overdue_days: int, reports: int) -> int:
        """How much it may hurt that a group wasn't checked in time: what the work queue is ordered by."""
        return overdue_days * self.groups[group].importance * (1 + reports)

    def essential(self, groups: Iterable[FieldGroup]) -> frozenset[FieldGroup]:
        """Those of the groups that decide about the listing as a whole."""
        return frozenset(group for group in groups if self.groups[group].essential)


@cache
def review_policy() -> ReviewPolicy:
    """The policy that the product ships."""
    return load_review_policy(SEEDS / "review-policy.toml")


def load_review_policy(path: Path) -> ReviewPolicy:
    """Read a policy; the head of ``seeds/review-policy.toml`` describes its form.

    Raises ``ValueError``, naming the file and the place in it, for a group that is missing or that nobody knows, for
    numbers out of bounds, and where no group is essential.
    """
    try:
        read: Mapping[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        groups = TypeAdapter(dict[FieldGroup, GroupPolicy]).validate_python(read)
        return ReviewPolicy(MappingProxyType(groups))
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
        raise ValueError(f"{path.name}: {problems}") from error
    except ValueError as error:
        raise ValueError(f"{path.name}: {error}") from error
