"""The facts of a listing by their groups, each with how it stands: when it was checked, how, when it is due."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from finder.domain.review import FieldGroup
from finder.listings.history import as_json
from finder.listings.standing import Standings, Stands
from finder.web.admin.facts import FIELD_GROUPS, METHODS, fact_label, fact_words
from finder.web.admin.group_facts import facts_of_group
from finder.web.filters import day
from finder.web.languages import gettext

# No place is asked for these, but who looks after a listing must see them.
_OF_THE_ADDRESS = ("country", "point", "precision", "time_zone")


@dataclass(frozen=True, slots=True)
class GroupShown:
    """One group: its facts as (label, words), and how it stands in sentences. Of an overdue one the page warns."""

    group: FieldGroup
    label: str
    facts: list[tuple[str, str]]
    stands: tuple[str, ...]
    is_overdue: bool


def groups_shown(facts: Mapping[str, Any], standings: Standings, today: dt.date) -> list[GroupShown]:
    """All groups, those too of which the listing says nothing."""
    return [
        GroupShown(group, str(label), _facts(group, facts), _sentences(stands), _is_overdue(stands, today))
        for group, label in FIELD_GROUPS.items()
        for stands in [standings.get(group)]
    ]


def _facts(group: FieldGroup, facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    told = facts_of_group(group, facts)
    if group is not FieldGroup.ADDRESS:
        return told
    return told + [(fact_label(name), fact_words(name, as_json(facts[name]))) for name in _OF_THE_ADDRESS]


def _is_overdue(stands: Stands | None, today: dt.date) -> bool:
    return stands is not None and stands.due_on < today


def _sentences(stands: Stands | None) -> tuple[str, ...]:
    if stands is None:
        return ()
    checked = gettext("Never checked.")
    if stands.checked_on and stands.method:
        how = METHODS[stands.method]
        checked = gettext("Checked on %(day)s, %(how)s.", day=day(stands.checked_on), how=how)
    due = gettext("Next check due on %(day)s.", day=day(stands.due_on))
    if stands.tried_on is None:
        return checked, due
    return checked, due, gettext("Somebody tried on %(day)s and reached nobody.", day=day(stands.tried_on))
