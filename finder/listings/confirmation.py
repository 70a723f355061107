"""Asking a place itself whether its facts are true, by a link that works once."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from finder.domain.problem import Problem
from finder.domain.review import CheckMethod, CheckResult, FieldGroup, Finding
from finder.listings.checks import record_checks
from finder.listings.problems import Said, store_report
from finder.listings.timeline import the_stored
from finder.listings.write import Change, Conflict
from finder.models import Confirmation
from finder.models.problem_report import LONGEST_CONTACT, LONGEST_TEXT

LINK_WORKS_FOR = dt.timedelta(days=30)
ADDRESSES_ARE_KEPT = dt.timedelta(days=90)
"""For how long it is kept to which address a letter went; that there was one stays."""

LONGEST_WORDS = 600
LONGEST_ANSWERER = 80
_LONGEST_BY = 100  # of a check and of a revision

_PROBLEMS = {
    FieldGroup.PHONE: Problem.PHONE,
    FieldGroup.ADDRESS: Problem.MOVED,
    FieldGroup.SERVICES: Problem.SERVICES,
    FieldGroup.HOURS: Problem.HOURS,
}


class Verdict(StrEnum):
    """What somebody says of a group of facts."""

    TRUE = "true"
    WRONG = "wrong"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the place says of its facts as they stood at a version; ``words`` are about what is wrong."""

    version: int
    verdicts: Mapping[FieldGroup, Verdict]
    words: str
    name: str

    def groups(self, verdict: Verdict) -> list[FieldGroup]:
        """The groups of which this is said, in the order of `FieldGroup`."""
        return [group for group in FieldGroup if self.verdicts.get(group) is verdict]


def ask(session: Session, provider_id: int, digest: str, sent_to: str, change: Change) -> Confirmation:
    """Keep that a place is asked at an address, by whom and when; ``digest`` is that of the link's token.

    The caller commits, then sends the letter.
    """
    asked = Confirmation(
        digest=digest,
        provider_id=provider_id,
        sent_to=sent_to,
        asked_by=change.by,
        asked_at=change.at,
        expires_at=change.at + LINK_WORKS_FOR,
    )
    session.add(asked)
    session.flush()
    return asked


def asked_by_link(session: Session, digest: str, now: dt.datetime) -> Confirmation | None:
    """What was asked with a link, or ``None`` where it has been answered or is too old."""
    works = (Confirmation.answered_at.is_(None), Confirmation.expires_at > now)
    return session.scalar(select(Confirmation).where(Confirmation.digest == digest, *works))


def take_answer(session: Session, asked: Confirmation, answer: Answer, now: dt.datetime) -> bool:
    """Keep an answer: checks of what is true, a problem report of what isn't. False where another one came first.

    Begin the transaction with `finder.models.connection.begin_writing`; the caller commits. Raises `Conflict` where the
    listing says something else by now than what was confirmed.
    """
    if the_stored(session, asked.provider_id).version != answer.version:
        raise Conflict(f"listing {asked.provider_id} is no longer at version {answer.version}")
    unanswered = (Confirmation.id == asked.id, Confirmation.answered_at.is_(None))
    taken = session.execute(update(Confirmation).where(*unanswered).values(answered_at=now).returning(Confirmation.id))
    if taken.first() is None:
        return False
    change = Change(by=_who(answer, asked, _LONGEST_BY), at=now, reason="Confirmed by a link in a letter")
    if findings := [_finding(group, now) for group in answer.groups(Verdict.TRUE)]:
        record_checks(session, asked.provider_id, findings, change)
    if wrong := answer.groups(Verdict.WRONG):
        store_report(session, asked.provider_id, _said(answer, asked, wrong), now)
    return True


def forget_addresses(session: Session, now: dt.datetime) -> int:
    """Empty the addresses of letters older than `ADDRESSES_ARE_KEPT`; gives how many. The caller commits."""
    old = update(Confirmation).where(Confirmation.asked_at < now - ADDRESSES_ARE_KEPT, Confirmation.sent_to != "")
    return session.connection().execute(old.values(sent_to="")).rowcount


def _finding(group: FieldGroup, now: dt.datetime) -> Finding:
    return Finding(group=group, method=CheckMethod.REPRESENTATIVE, result=CheckResult.CONFIRMED, on=now.date())


def _said(answer: Answer, asked: Confirmation, wrong: list[FieldGroup]) -> Said:
    which = ", ".join(group.value for group in wrong)
    text = f"{_who(answer, asked, LONGEST_TEXT - LONGEST_WORDS)} answered our letter. Wrong: {which}. {answer.words}"
    return Said(
        problems=frozenset(_PROBLEMS.get(group, Problem.OTHER) for group in wrong),
        text=text[:LONGEST_TEXT],
        contact=asked.sent_to[:LONGEST_CONTACT],
    )


def _who(answer: Answer, asked: Confirmation, most: int) -> str:
    return f"{answer.name} <{asked.sent_to}>"[:most]
