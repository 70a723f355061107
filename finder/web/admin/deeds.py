"""What may be done to many listings at once: how it is called, and who may."""

from collections.abc import Mapping
from dataclasses import dataclass

from finder.domain.account import Action
from finder.domain.bulk import Deed
from finder.web.guard import i_may
from finder.web.languages import lazy_gettext


@dataclass(frozen=True, slots=True)
class Words:
    """A deed as it is offered and as it is told afterwards, and what somebody must be allowed to do for it."""

    offer: lazy_gettext
    told: lazy_gettext
    action: Action


DEEDS: Mapping[Deed, Words] = {
    Deed.VERIFY: Words(lazy_gettext("Verify"), lazy_gettext("Verified"), Action.VERIFY),
    Deed.PUBLISH: Words(lazy_gettext("Publish"), lazy_gettext("Published"), Action.PUBLISH),
    Deed.HIDE: Words(lazy_gettext("Hide"), lazy_gettext("Hidden"), Action.PUBLISH),
    Deed.RETIRE: Words(lazy_gettext("Retire"), lazy_gettext("Retired"), Action.PUBLISH),
    Deed.ADD_TAG: Words(lazy_gettext("Add a tag"), lazy_gettext("Tag added"), Action.EDIT),
    Deed.REMOVE_TAG: Words(lazy_gettext("Remove a tag"), lazy_gettext("Tag removed"), Action.EDIT),
    Deed.ASSIGN: Words(lazy_gettext("Assign to a person"), lazy_gettext("Assigned"), Action.VERIFY),
}


def my_deeds() -> dict[Deed, lazy_gettext]:
    """What I may do to some listings at least, as it is offered."""
    return {deed: words.offer for deed, words in DEEDS.items() if i_may(words.action)}
