"""Who may do what: roles, actions, and the listings that a person is in charge of."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol


class Role(StrEnum):
    """What a person is here for."""

    ADMINISTRATOR = "administrator"
    EDITOR = "editor"
    REVIEWER = "reviewer"
    REPRESENTATIVE = "representative"  # of the organization that runs the listed places
    VIEWER = "viewer"


class Action(StrEnum):
    """Something that not everybody may do."""

    VIEW = "view"  # a listing with what the public doesn't see: history, internal notes, reports
    PROPOSE = "propose"  # a change, which somebody else approves
    EDIT = "edit"
    PUBLISH = "publish"  # and hide, and retire
    VERIFY = "verify"  # that the facts are still true
    RESOLVE = "resolve"  # a problem report, a possible duplicate
    IMPORT = "import"
    SETTINGS = "settings"
    USERS = "users"


class Happening(StrEnum):
    """What the log of accounts can say."""

    INVITED = "invited"
    JOINED = "joined"
    SIGNED_IN = "signed_in"
    PASSWORD_WRONG = "password_wrong"  # noqa: S105 (no password)
    CODE_WRONG = "code_wrong"
    RECOVERY_CODE_USED = "recovery_code_used"
    SIGNED_OUT = "signed_out"
    SESSIONS_ENDED = "sessions_ended"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 (no password)
    RESET_ASKED = "reset_asked"
    FACTOR_SET = "factor_set"
    FACTOR_REMOVED = "factor_removed"
    CODES_RENEWED = "codes_renewed"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    PASSKEY_WRONG = "passkey_wrong"
    PASSKEY_COPIED = "passkey_copied"  # it counted its signatures from a number that had gone by
    CHANGED = "changed"
    DISABLED = "disabled"
    ENABLED = "enabled"


class Placed(Protocol):
    """What of a listing decides who is in charge of it."""

    @property
    def state(self) -> str:
        """The two letters of its state."""

    @property
    def county(self) -> str:
        """The full name of its county."""

    @property
    def organization_id(self) -> int | None:
        """Who runs it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Listings that somebody is in charge of; a part that is empty may be anything, so `EVERYWHERE` has none."""

    state: str = ""
    county: str = ""
    organization_id: int | None = None

    def __str__(self) -> str:
        organization = "" if self.organization_id is None else f"organization {self.organization_id}"
        return ", ".join(part for part in (organization, self.county, self.state) if part) or "everywhere"

    def covers(self, listing: Placed) -> bool:
        """Whether the listing is one of them."""
        return (
            self.state in {"", listing.state}
            and self.county in {"", listing.county}
            and self.organization_id in {None, listing.organization_id}
        )


EVERYWHERE = Scope()


@dataclass(frozen=True, slots=True)
class Actor:
    """Who wants to do something."""

    role: Role
    scopes: Collection[Scope] = ()


_WRITES = frozenset({Action.EDIT, Action.PUBLISH, Action.VERIFY, Action.RESOLVE})
_ANYWHERE: Mapping[Role, frozenset[Action]] = MappingProxyType(
    {
        Role.ADMINISTRATOR: frozenset(Action),
        Role.EDITOR: frozenset({Action.VIEW}),
        Role.REVIEWER: frozenset({Action.VIEW}),
        Role.REPRESENTATIVE: frozenset(),
        Role.VIEWER: frozenset({Action.VIEW}),
    }
)
_IN_SCOPE: Mapping[Role, frozenset[Action]] = MappingProxyType(
    {
        Role.EDITOR: _WRITES | {Action.IMPORT},
        Role.REVIEWER: frozenset({Action.VERIFY, Action.RESOLVE}),
        Role.REPRESENTATIVE: frozenset({Action.VIEW, Action.PROPOSE}),
    }
)
_WITHOUT_A_LISTING = frozenset({Action.IMPORT, Action.SETTINGS, Action.USERS})


def may(actor: Actor, action: Action, listing: Placed | None = None) -> bool:
    """Whether the person may do it to this listing.

    Without a listing: whether there is anything that they may do it to, so whether to show them the page at all. What
    concerns the whole directory (an import, the settings, the users) asks for a scope that is everywhere.
    """
    if action in _ANYWHERE[actor.role]:
        return True
    if action not in _IN_SCOPE.get(actor.role, frozenset()):
        return False
    if action in _WITHOUT_A_LISTING:
        return EVERYWHERE in actor.scopes
    return any(listing is None or scope.covers(listing) for scope in actor.scopes)


def in_charge_of(actor: Actor, action: Action) -> frozenset[Scope]:
    """The listings to which the person may do it; `EVERYWHERE` alone where that is all of them."""
    if action in _ANYWHERE[actor.role]:
        return frozenset({EVERYWHERE})
    if action not in _IN_SCOPE.get(actor.role, frozenset()):
        return frozenset()
    return frozenset({EVERYWHERE}) if EVERYWHERE in actor.scopes else frozenset(actor.scopes)


def needs_scopes(role: Role) -> bool:
    """Whether a person of this role can do nothing more than look until they are put in charge of something."""
    return role in _IN_SCOPE
