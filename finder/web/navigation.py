"""The pages of the administration, as its first page lists them; the header has those of the first group."""

from dataclasses import dataclass

from finder.domain.account import Action, Role
from finder.web.languages import lazy_gettext


@dataclass(frozen=True, slots=True)
class Entry:
    """A page, what it is for, and who finds it here: who may do something, or everybody of a role."""

    view: str
    label: lazy_gettext
    explanation: lazy_gettext
    audience: Action | Role


@dataclass(frozen=True, slots=True)
class Group:
    """Pages that belong together."""

    heading: lazy_gettext
    entries: tuple[Entry, ...]


GROUPS = (
    Group(
        lazy_gettext("Every day"),
        (
            Entry(
                "admin.reviews",
                lazy_gettext("Reviews"),
                lazy_gettext("what to check next, and what waits to be shown"),
                Action.VERIFY,
            ),
            Entry(
                "admin.reports",
                lazy_gettext("Reports"),
                lazy_gettext("problems that visitors told us about"),
                Action.RESOLVE,
            ),
            Entry(
                "admin.duplicates",
                lazy_gettext("Duplicates"),
                lazy_gettext("listings that may be one place"),
                Action.RESOLVE,
            ),
            Entry(
                "admin.conflicts",
                lazy_gettext("Conflicts"),
                lazy_gettext("sources that contradict what people found out"),
                Action.RESOLVE,
            ),
            Entry(
                "admin.proposals",
                lazy_gettext("Proposals"),
                lazy_gettext("changes that representatives of places want"),
                Action.PUBLISH,
            ),
            Entry(
                "admin.own_listings",
                lazy_gettext("Your listings"),
                lazy_gettext("see what we say of your organization, and propose changes"),
                Role.REPRESENTATIVE,
            ),
            Entry(
                "admin.claims",
                lazy_gettext("Claims"),
                lazy_gettext("ask for the listings of an organization"),
                Role.REPRESENTATIVE,
            ),
            Entry(
                "admin.listings",
                lazy_gettext("Listings"),
                lazy_gettext("search all of them, in every status, and change many at once"),
                Action.VIEW,
            ),
        ),
    ),
    Group(
        lazy_gettext("The directory as a whole"),
        (
            Entry(
                "admin.dashboard",
                lazy_gettext("Dashboard"),
                lazy_gettext("the directory in figures: what is published, how fresh it is, reports, imports"),
                Action.VIEW,
            ),
            Entry(
                "admin.coverage",
                lazy_gettext("Coverage"),
                lazy_gettext("counties from which help is far away"),
                Action.VIEW,
            ),
        ),
    ),
    Group(
        lazy_gettext("Bringing listings in"),
        (
            Entry(
                "admin.sources",
                lazy_gettext("Sources"),
                lazy_gettext(
                    "the feeds and files that listings come from, how they are doing, and importing from them"
                ),
                Action.IMPORT,
            ),
            Entry(
                "admin.imports",
                lazy_gettext("Imports"),
                lazy_gettext("what is on its way, what was imported, and taking it back"),
                Action.IMPORT,
            ),
        ),
    ),
    Group(
        lazy_gettext("Settings and people"),
        (
            Entry(
                "admin.vocabulary",
                lazy_gettext("Words"),
                lazy_gettext("what people read for each filter, in both languages"),
                Action.SETTINGS,
            ),
            Entry(
                "admin.helplines",
                lazy_gettext("Helplines"),
                lazy_gettext("when their numbers were last checked, and which topics are due for a review"),
                Action.SETTINGS,
            ),
            Entry(
                "admin.policy",
                lazy_gettext("Review policy"),
                lazy_gettext("for how long a check is believed, and what matters most"),
                Action.SETTINGS,
            ),
            Entry(
                "admin.claims",
                lazy_gettext("Claims"),
                lazy_gettext("representatives who ask for an organization"),
                Action.USERS,
            ),
            Entry(
                "admin.users",
                lazy_gettext("Users"),
                lazy_gettext("invite people, and say what they are in charge of"),
                Action.USERS,
            ),
        ),
    ),
)
