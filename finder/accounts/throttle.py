"""How often something may be tried: counted in the database, so by all workers together and beyond a restart."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import case, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from finder.models import Throttle

CLOCKS_DIFFER = dt.timedelta(minutes=5)
"""By how much the clocks of two machines may differ: what is later than that was written by a clock that was wrong."""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many tries in a span of time, which begins with the first of them."""

    tries: int
    within: dt.timedelta


@dataclass(frozen=True, slots=True)
class Count:
    """One thing that is counted: its key (`finder.accounts.Keys.fingerprint`) and its limit."""

    key: str
    limit: Limit


def wait(session: Session, counts: Iterable[Count], now: dt.datetime) -> dt.timedelta | None:
    """Count one try on each, and tell how long to wait if one of them is beyond its limit.

    Counted before the try is made, so that many at once don't slip through together: commit before going on.
    """
    waits = [_wait(session, count, now) for count in counts]
    return max((span for span in waits if span), default=None)


def forgive(session: Session, counts: Iterable[Count]) -> None:
    """Take the try back: it was right, and only wrong ones count."""
    for count in counts:
        session.execute(update(Throttle).where(Throttle.key == count.key).values(tries=Throttle.tries - 1))


def reset(session: Session, counts: Iterable[Count]) -> None:
    """Forget all tries."""
    session.execute(delete(Throttle).where(Throttle.key.in_([count.key for count in counts])))


def forget_old(session: Session, now: dt.datetime, *, longest: dt.timedelta) -> None:
    """Drop what was counted longer ago than any limit looks back."""
    session.execute(delete(Throttle).where(Throttle.started_at < now - longest))


def _wait(session: Session, count: Count, now: dt.datetime) -> dt.timedelta | None:
    is_postgres = session.get_bind().dialect.name == "postgresql"
    # A window of the future was begun while a clock was wrong, and would shut people out until then.
    is_over = (Throttle.started_at <= now - count.limit.within) | (Throttle.started_at > now + CLOCKS_DIFFER)
    insert = postgresql.insert(Throttle) if is_postgres else sqlite.insert(Throttle)
    counted = insert.values(key=count.key, started_at=now, tries=1)
    session.execute(
        counted.on_conflict_do_update(
            index_elements=[Throttle.key],
            set_={
                "tries": case((is_over, 1), else_=Throttle.tries + 1),
                "started_at": case((is_over, now), else_=Throttle.started_at),
            },
        )
    )
    row = session.execute(select(Throttle.tries, Throttle.started_at).where(Throttle.key == count.key)).one()
    return row.started_at + count.limit.within - now if row.tries > count.limit.tries else None
