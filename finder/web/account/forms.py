"""The forms of sign-in and of one's own account."""

from typing import Any

from wtforms import Field, Form, HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from finder.accounts.passkeys import LONGEST_ANSWER
from finder.accounts.passwords import LONGEST, SHORTEST, Weakness, weakness
from finder.accounts.people import email_of
from finder.models.account import LONGEST_EMAIL, LONGEST_NAME
from finder.models.passkey import LONGEST_KEY_NAME
from finder.web.languages import gettext, lazy_gettext
from finder.web.security import refused_passwords

_MOST_TYPED = 1000  # signs that are read at all of what somebody typed

_WEAK = {
    Weakness.SHORT: lazy_gettext("Use at least %(number)s characters; several words do well"),
    Weakness.LONG: lazy_gettext("Use at most %(number)s characters"),
    Weakness.COMMON: lazy_gettext("Too many people use this password. Think of another, such as several words"),
    Weakness.OWN: lazy_gettext("Leave your e-mail address out of the password"),
    Weakness.ORGANIZATION: lazy_gettext("Leave the names of the organization out of the password"),
    Weakness.BREACHED: lazy_gettext("This password was stolen somewhere. Think of another, such as several words"),
}


class PlainForm(Form):
    """A form whose token is checked before it is read (`finder.web.security`)."""


def complain(field: Field, message: str) -> None:
    """Say beside a field what is wrong with it, after it was validated."""
    field.errors = [message]


def accept_new_password(field: Field, email: str) -> bool:
    """Whether the typed password may be chosen; if not, the field says why."""
    found = weakness(field.data or "", email=email, refused=refused_passwords())
    if found:
        complain(field, _WEAK[found] % {"number": {Weakness.SHORT: SHORTEST, Weakness.LONG: LONGEST}.get(found, 0)})
    return found is None


class SignInForm(PlainForm):
    """Who are you, and how do you prove it?"""

    email = StringField(
        lazy_gettext("E-mail address"),
        [InputRequired(lazy_gettext("Enter your e-mail address")), Length(max=LONGEST_EMAIL)],
    )
    password = PasswordField(
        lazy_gettext("Password"), [InputRequired(lazy_gettext("Enter your password")), Length(max=_MOST_TYPED)]
    )

    def address(self) -> str:
        """The address as accounts have it; what can't be one is nobody's."""
        return email_of(self.email.data or "") or ""


class CodeForm(PlainForm):
    """The code that an app shows."""

    code = StringField(
        lazy_gettext("Code"), [InputRequired(lazy_gettext("Enter the 6 digits that your app shows")), Length(max=20)]
    )

    def digits(self) -> str:
        """The code without the blanks that some apps show in it."""
        return "".join((self.code.data or "").split())


class PasskeyForm(PlainForm):
    """What a passkey answered, which the page's script fills in."""

    answer = HiddenField(
        lazy_gettext("Passkey"),
        [
            InputRequired(lazy_gettext("The passkey did not answer. It needs JavaScript; otherwise use another way")),
            Length(max=LONGEST_ANSWER),
        ],
    )


class RecoveryCodeForm(PlainForm):
    """One of the codes for when the telephone is away."""

    code = StringField(
        lazy_gettext("Recovery code"), [InputRequired(lazy_gettext("Enter a recovery code")), Length(max=40)]
    )


class ForgottenForm(PlainForm):
    """To whom shall the link go?"""

    email = StringField(
        lazy_gettext("E-mail address"),
        [InputRequired(lazy_gettext("Enter your e-mail address")), Length(max=LONGEST_EMAIL)],
    )

    def validate_email(self, field: Field) -> None:
        """Refuse what is no address. Raises ``ValidationError`` with what to tell."""
        if email_of(field.data) is None:
            raise ValidationError(gettext("Enter an e-mail address, such as name@example.org"))


class NewPasswordForm(PlainForm):
    """A password that somebody chooses, and, in an invitation, how they want to be called."""

    name = StringField(lazy_gettext("Your name"), [Length(max=LONGEST_NAME)])
    password = PasswordField(lazy_gettext("New password"), [Length(max=_MOST_TYPED)])


class OwnPasswordForm(PlainForm):
    """The present password, before something that only its owner may do."""

    current = PasswordField(
        lazy_gettext("Your present password"),
        [InputRequired(lazy_gettext("Enter your present password")), Length(max=_MOST_TYPED)],
    )


class ChangePasswordForm(OwnPasswordForm):
    """Another password instead of the present one."""

    password = PasswordField(lazy_gettext("New password"), [Length(max=_MOST_TYPED)])


class ProvenForm(PlainForm):
    """A form for a new second factor; who has one already must prove who they are."""

    current = PasswordField(lazy_gettext("Your present password"), [Length(max=_MOST_TYPED)])

    def __init__(self, *args: Any, asks_password: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not asks_password:
            del self.current


class SetUpForm(ProvenForm, CodeForm):
    """The first code of a new app."""


class NewPasskeyForm(ProvenForm, PasskeyForm):
    """A new passkey, and what its owner calls it."""

    name = StringField(lazy_gettext("What do you call it?"), [Length(max=LONGEST_KEY_NAME)])

    def key_name(self) -> str:
        """The name, or an ordinary one where none was given."""
        return (self.name.data or "").strip() or gettext("Passkey")
