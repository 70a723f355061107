"""``finder user``: the first administrator, and help for who can't get in."""

import datetime as dt

import click
from flask import current_app
from flask.cli import with_appcontext
from rich.console import Console
from rich.table import Table

from finder.accounts import EmailTakenError, Keys, Lifetime, Person, forgetting, links, people, rotation
from finder.accounts.letters import link_address
from finder.accounts.log import Deed
from finder.accounts.mail import forget_letters
from finder.accounts.secret import older_secrets, secret_of
from finder.config import Settings
from finder.domain.account import EVERYWHERE, Role, needs_scopes
from finder.extensions import db
from finder.models import Account
from finder.models.connection import begin_writing

_BY = "finder user"
_ROLES = {"admin": Role.ADMINISTRATOR, **{role.value: role for role in Role}}


@click.group()
def user() -> None:
    """People who may sign in."""


@user.command()
@click.argument("email")
@click.option("--role", type=click.Choice(list(_ROLES)), required=True, help="What they are here for.")
@click.option("--name", default="", help="What they are called; they may choose it themselves.")
@with_appcontext
def create(*, email: str, role: str, name: str) -> None:
    """Make an account, and print a link with which its owner chooses a password.

    Editors, reviewers and representatives are in charge of all listings until an administrator says of which.
    """
    address = people.email_of(email)
    if address is None:
        raise click.BadParameter(f"{email} is no e-mail address", param_hint="EMAIL")
    scopes = frozenset({EVERYWHERE}) if needs_scopes(_ROLES[role]) else frozenset()
    begin_writing(db.session())
    try:
        account = people.create(
            db.session(), address, Person(name=name.strip(), role=_ROLES[role], scopes=scopes), _deed()
        )
    except EmailTakenError as error:
        raise click.ClickException(f"There is an account for {address} already.") from error
    _print_link(account)


@user.command()
@click.argument("email")
@with_appcontext
def link(*, email: str) -> None:
    """Print a new link to choose a password, for who lost theirs."""
    account = _account(email)
    if account.disabled_at:
        raise click.ClickException(f"{account.email} is disabled: `finder user enable {account.email}` comes first.")
    _print_link(account)


@user.command("list")
@with_appcontext
def list_() -> None:
    """Show everybody."""
    table = Table("e-mail", "name", "role", "in charge of", "")
    for account in people.everybody(db.session()):
        in_charge = "; ".join(str(scope.value) for scope in account.scopes)
        table.add_row(account.email, account.name, account.role, in_charge, _standing(account))
    Console(markup=False, highlight=False, soft_wrap=True).print(table)


@user.command()
@click.argument("email")
@with_appcontext
def disable(*, email: str) -> None:
    """Let somebody in no more, and end their sessions at once."""
    account = _account(email)
    people.disable(db.session(), account, _deed())
    db.session.commit()
    click.echo(f"{account.email} can't sign in any more.")


@user.command()
@click.argument("email")
@with_appcontext
def enable(*, email: str) -> None:
    """Let somebody in again."""
    account = _account(email)
    people.enable(db.session(), account, _deed())
    db.session.commit()
    click.echo(f"{account.email} can sign in again.")


@user.command("reset-second-factor")
@click.argument("email")
@with_appcontext
def reset_second_factor(*, email: str) -> None:
    """Help somebody who lost telephone and recovery codes: they set up another app at the next sign-in."""
    account = _account(email)
    people.remove_second_factor(db.session(), account, _deed())
    db.session.commit()
    click.echo(f"{account.email} sets up a new second factor at the next sign-in.")


@user.command("sign-out-everybody")
@with_appcontext
def sign_out_everybody() -> None:
    """End all sessions at once; everybody signs in again, with what they have."""
    begin_writing(db.session())
    signed_out = people.sign_out_everybody(db.session(), _deed())
    db.session.commit()
    click.echo(f"Signed out, of so many people: {signed_out:,}")


@user.command("seal-anew")
@with_appcontext
def seal_anew() -> None:
    """Seal everybody's second factor with the newest secret, so that the ones before it can be thrown away.

    Fails where one was sealed with a secret that is in no setting.
    """
    settings: Settings = current_app.extensions["settings"]
    begin_writing(db.session())
    done = rotation.seal_anew(db.session(), Keys(secret_of(settings), *older_secrets(settings)))
    db.session.commit()
    click.echo(f"Sealed with the newest secret: {done.count:,} second factors.")
    if done.lost:
        whom = ", ".join(done.lost)
        raise click.ClickException(f"Sealed with a secret that is in no setting, so they can't be used: {whom}")


@user.command()
@with_appcontext
def forget() -> None:
    """Delete sessions and links that are over, old sign-ins, and letters that nobody took; for a daily job."""
    settings: Settings = current_app.extensions["settings"]
    idle, absolute = dt.timedelta(minutes=settings.session_idle_minutes), dt.timedelta(hours=settings.session_hours)
    now = _deed().at
    begin_writing(db.session())
    gone = forgetting.forget(db.session(), now, Lifetime(idle=idle, absolute=absolute))
    db.session.commit()
    letters = forget_letters(settings.instance_folder / "letters", now)
    click.echo(f"Deleted: {gone.links:,} dead links, {gone.sign_ins:,} old sign-ins, {letters:,} old letters")


def _account(email: str) -> Account:
    begin_writing(db.session())
    account = people.with_email(db.session(), people.email_of(email) or "")
    if account is None:
        raise click.ClickException(f"There is no account for {email}.")
    return account


def _print_link(account: Account) -> None:
    settings: Settings = current_app.extensions["settings"]
    token = links.new_link(db.session(), account, _deed().at, links.INVITATION)
    db.session.commit()
    click.echo(f"For {account.email}, to choose a password; works once, for 7 days:")
    click.echo(link_address(settings.base_url, token))


def _standing(account: Account) -> str:
    if account.disabled_at:
        return "disabled"
    if not account.password_hash:
        return "invited"
    return "" if account.has_second_factor else "no second factor yet"


def _deed() -> Deed:
    return Deed(dt.datetime.now(dt.UTC), by=_BY)
