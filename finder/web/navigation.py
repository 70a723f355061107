"""The pages of the administration that stand in its header and on its first page, in the order of a day's work."""

from dataclasses import dataclass

from finder.domain.account import Action
from finder.web.languages import lazy_gettext


@dataclass(frozen=True, slots=True)
class Entry:
    """A page, what it is for, and what somebody must be allowed to do to see it."""

    view: str
    label: lazy_gettext
    explanation: lazy_gettext
    action: Action


ENTRIES = (
    Entry(
        "admin.users",
        lazy_gettext("Users"),
        lazy_gettext("invite people, and say what they are in charge of"),
        Action.USERS,
    ),
)
