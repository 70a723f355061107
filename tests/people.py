"""What representatives of places ask for, for tests."""

from itertools import count

from sqlalchemy.orm import Session

from finder.accounts import claims
from finder.domain.account import Role
from finder.listings import Change, proposals
from finder.listings.timeline import the_stored
from finder.models import Claim, Organization, Proposal
from tests.factories import a_provider
from tests.staff import START, an_account

_numbers = count(1)


def a_proposal(session: Session, **facts: object) -> Proposal:
    """Somebody proposes these facts for a listing of their own; not committed."""
    stored = the_stored(session, a_provider(session).id)
    wanted = {**stored.facts, **(facts or {"website": "https://new.example/"})}
    change = Change(by="desk@lakeview.example", at=START, reason="We have moved it.")
    made = proposals.propose(session, stored, stored.version, wanted, change)
    assert made
    return made


def an_organization(session: Session, name: str = "") -> Organization:
    """An organization; not committed."""
    made = Organization(name=name or f"Harbor Health {next(_numbers)}")
    session.add(made)
    session.flush()
    return made


def a_claim(session: Session) -> Claim:
    """A representative asks for an organization; not committed."""
    account = an_account(session, Role.REPRESENTATIVE)
    return claims.ask(session, account, an_organization(session), "Call me at the front desk.", START)
