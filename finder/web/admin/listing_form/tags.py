"""The part of the form of a listing that is its tags: what it offers, to whom, how to pay."""

import datetime as dt
from typing import Any

from wtforms import SelectMultipleField

from finder.domain.vocabulary import Code, Facet, Tag, vocabulary
from finder.web.admin.listing_form.part import Facts, Part
from finder.web.languages import gettext, lazy_gettext


class TagsPart(Part):
    """Every code of the vocabulary as a box to tick. Tags that the vocabulary no longer has stay with the listing."""

    tags = SelectMultipleField(lazy_gettext("Services, payment and other tags"), validate_choice=False)

    @classmethod
    def shown(cls, facts: Facts) -> dict[str, Any]:
        """What the fields hold for these facts, by name."""
        return super().shown(facts) | {"tags": sorted(str(tag) for tag in facts["tags"])}

    def said(self, moment: dt.datetime) -> dict[str, Any]:
        """The facts that the fields tell."""
        ticked = {_tag(text) for text in self.tags.data or ()}
        unknown = {tag for tag in self.before["tags"] if tag not in vocabulary()}
        if not all(tag in vocabulary() for tag in ticked - unknown):
            self.complain(self.tags, gettext("Choose tags of the list"))
        return super().said(moment) | {"tags": frozenset(ticked | unknown)}

    def how_many(self, facet: Facet) -> int:
        """How many codes of a facet are ticked."""
        return sum(_tag(text).facet == facet for text in self.tags.data or ())


def _tag(text: str) -> Tag:
    facet, _, code = text.partition(":")
    return Tag(Facet(facet), Code(code))
