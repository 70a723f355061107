"""The facts of a listing in words, group by group, as somebody asks about them."""

from collections.abc import Mapping
from typing import Any

from finder.domain.review import FACTS_OF, FieldGroup, group_of_facet
from finder.domain.vocabulary import Tag, vocabulary
from finder.listings.history import as_json
from finder.web.admin.facts import fact_label, fact_words, tag_words
from finder.web.languages import gettext
from finder.web.wording import words

_UNSAID: tuple[Any, ...] = (None, "", (), frozenset())
# Nobody asks a place for these: they follow from its address, or are ours.
_NOT_ASKED = frozenset({"tags", "country", "point", "precision", "time_zone"})


def facts_of_group(group: FieldGroup, facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What the listing says in a group, as (label, words); what it doesn't say is left out."""
    names = [name for name in FACTS_OF[group] if name not in _NOT_ASKED and _is_said(name, facts[name])]
    told = [(fact_label(name), fact_words(name, as_json(facts[name]))) for name in names]
    return told + _tags_of_group(group, facts["tags"])


def facts_in_words(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """All that a listing says, as (label, words)."""
    return [told for group in FieldGroup for told in facts_of_group(group, facts)]


def groups_changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> frozenset[FieldGroup]:
    """The groups of which two states of a listing say different things."""
    changed = {name for name in after if before[name] != after[name]} - {"tags"}
    groups = {group for group, names in FACTS_OF.items() if not changed.isdisjoint(names)}
    return frozenset(groups | {group_of_facet(tag.facet) for tag in before["tags"] ^ after["tags"]})


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """The facts in which two states of a listing differ, as (label, words before, words after)."""
    return [
        (fact_label(name), fact_words(name, as_json(before[name])), fact_words(name, as_json(after[name])))
        for name in after
        if before[name] != after[name]
    ]


def _is_said(name: str, fact: Any) -> bool:
    return name == "accepting" if fact is False else fact not in _UNSAID


def _tags_of_group(group: FieldGroup, tags: frozenset[Tag]) -> list[tuple[str, str]]:
    known = [
        (facet.label(), [tag_words(term.tag) for term in facet.terms if term.tag in tags])
        for facet in words().facets
        if group_of_facet(facet.facet) is group
    ]
    unknown = sorted(str(tag) for tag in tags if tag not in vocabulary() and group_of_facet(tag.facet) is group)
    told = [*known, (gettext("Other"), unknown)] if group in {FieldGroup.SERVICES, FieldGroup.PAYMENT} else []
    return [(label, ", ".join(found)) for label, found in told if found]
