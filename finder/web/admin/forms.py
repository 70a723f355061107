"""The forms of the administrators."""

import re
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session
from wtforms import BooleanField, Field, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from finder.accounts import Person
from finder.accounts.people import email_of
from finder.domain.account import EVERYWHERE, Role, Scope, needs_scopes
from finder.domain.geo import Precision
from finder.models import Account, Organization
from finder.models.account import LONGEST_EMAIL, LONGEST_NAME
from finder.places import gazetteer
from finder.web.account.forms import PlainForm, complain
from finder.web.languages import gettext, lazy_gettext

_LONGEST_LIST = 5000

ROLES = {
    Role.ADMINISTRATOR: (
        lazy_gettext("Administrator"),
        lazy_gettext("Everything: all listings, users, settings."),
    ),
    Role.EDITOR: (
        lazy_gettext("Editor"),
        lazy_gettext("Edits, publishes and retires listings that they are in charge of."),
    ),
    Role.REVIEWER: (
        lazy_gettext("Reviewer"),
        lazy_gettext("Checks facts and works through problem reports of listings that they are in charge of."),
    ),
    Role.REPRESENTATIVE: (
        lazy_gettext("Provider representative"),
        lazy_gettext("Proposes changes to the listings of their own organization; somebody else approves them."),
    ),
    Role.VIEWER: (lazy_gettext("Viewer"), lazy_gettext("Looks at everything, changes nothing.")),
}


class PersonForm(PlainForm):
    """Who somebody is, and which listings they are in charge of."""

    name = StringField(lazy_gettext("Name"), [InputRequired(lazy_gettext("Enter a name")), Length(max=LONGEST_NAME)])
    role = RadioField(
        lazy_gettext("Role"),
        [InputRequired(lazy_gettext("Choose a role"))],
        choices=[SelectChoice(value=role.value, label=label) for role, (label, _) in ROLES.items()],
    )
    everywhere = BooleanField(lazy_gettext("All listings"))
    places = TextAreaField(lazy_gettext("States and counties"), [Length(max=_LONGEST_LIST)])
    organizations = TextAreaField(lazy_gettext("Organizations"), [Length(max=_LONGEST_LIST)])

    @classmethod
    def of(cls, session: Session, account: Account) -> "PersonForm":
        """The form, filled in with what is known of somebody."""
        scopes = [scope.value for scope in account.scopes]
        numbers = [scope.organization_id for scope in scopes if scope.organization_id is not None]
        named = select(Organization.name).where(Organization.id.in_(numbers)).order_by(Organization.name)
        return cls(
            data={
                "name": account.name,
                "role": account.role.value,
                "everywhere": EVERYWHERE in scopes,
                "places": "\n".join(str(scope) for scope in scopes if scope.state),
                "organizations": "\n".join(session.scalars(named)),
            }
        )

    def person(self, session: Session) -> Person | None:
        """What was said of them, or ``None`` where a field says what is wrong with it."""
        if not self.validate():
            return None
        scopes = self._scopes(session)
        role = Role(self.role.data)
        # A representative may come without any, and claim an organization (`finder.web.admin.claims`).
        if not self.errors and needs_scopes(role) and role is not Role.REPRESENTATIVE and not scopes:
            complain(self.places, gettext("Say which listings this person is in charge of"))
        return None if self.errors else Person(name=self.name.data.strip(), role=role, scopes=frozenset(scopes))

    def _scopes(self, session: Session) -> set[Scope]:
        if not needs_scopes(Role(self.role.data)):
            return set()
        if self.everywhere.data:
            return {EVERYWHERE}
        by_name = _organizations(session, _lines(self.organizations))
        return _read(self.places, _place) | _read(self.organizations, by_name.get)


class InvitationForm(PersonForm):
    """The same of somebody who has no account yet."""

    email = StringField(
        lazy_gettext("E-mail address"),
        [InputRequired(lazy_gettext("Enter an e-mail address")), Length(max=LONGEST_EMAIL)],
    )

    def validate_email(self, field: Field) -> None:
        """Refuse what is no address. Raises ``ValidationError`` with what to tell."""
        if email_of(field.data) is None:
            raise ValidationError(gettext("Enter an e-mail address, such as name@example.org"))


def _lines(field: Field) -> list[str]:
    return [line.strip() for line in re.split(r"[\n;]", field.data or "") if line.strip()]


def _read(field: Field, meant: Callable[[str], Scope | None]) -> set[Scope]:
    """What the lines of a field mean; it says which of them mean nothing."""
    found = {line: meant(line) for line in _lines(field)}
    if unknown := [line for line, scope in found.items() if scope is None]:
        complain(field, gettext("Not known: %(lines)s", lines="; ".join(unknown)))
    return {scope for scope in found.values() if scope}


def _place(line: str) -> Scope | None:
    places = gazetteer().find(line).places
    if len(places) != 1 or places[0].precision not in {Precision.STATE, Precision.COUNTY}:
        return None
    return Scope(state=places[0].state, county=places[0].county)


def _organizations(session: Session, names: list[str]) -> dict[str, Scope]:
    query = select(Organization.name, Organization.id).where(Organization.name.in_(names))
    return {name: Scope(organization_id=number) for name, number in session.execute(query)}
