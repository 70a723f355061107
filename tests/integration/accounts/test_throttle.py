"""Tries are counted for all, also when they come at once."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from finder.accounts import Count, Limit, throttle
from finder.accounts.throttle import wait
from finder.models import Throttle
from finder.models.connection import begin_writing
from tests.staff import START

TWICE_A_MINUTE = Count("some key", Limit(2, dt.timedelta(minutes=1)))


def after(seconds: float) -> dt.datetime:
    return START + dt.timedelta(seconds=seconds)


def test_the_try_after_the_last_allowed_one_waits_until_the_window_is_over(session: Session) -> None:
    waits = [wait(session, [TWICE_A_MINUTE], after(seconds)) for seconds in (0, 10, 20, 59.5, 60)]

    assert waits == [None, None, dt.timedelta(seconds=40), dt.timedelta(seconds=0.5), None]


def test_trying_on_does_not_prolong_the_wait(session: Session) -> None:
    for second in range(59):
        wait(session, [TWICE_A_MINUTE], after(second))

    assert wait(session, [TWICE_A_MINUTE], after(60)) is None


def test_the_longest_of_several_waits_counts(session: Session) -> None:
    a_day = Count("another key", Limit(2, dt.timedelta(days=1)))
    for second in range(2):
        wait(session, [TWICE_A_MINUTE, a_day], after(second))

    assert wait(session, [TWICE_A_MINUTE, a_day], after(2)) == dt.timedelta(days=1, seconds=-2)


def test_a_forgiven_try_is_as_if_it_had_not_been(session: Session) -> None:
    for second in range(10):
        assert wait(session, [TWICE_A_MINUTE], after(second)) is None
        throttle.forgive(session, [TWICE_A_MINUTE])


def test_of_many_tries_at_once_only_the_allowed_ones_pass(engine: Engine) -> None:
    def attempt(_number: int) -> bool:
        with Session(engine) as session:
            begin_writing(session)
            passes = wait(session, [TWICE_A_MINUTE], START) is None
            session.commit()
            return passes

    with ThreadPoolExecutor(8) as threads:
        passed = sum(threads.map(attempt, range(16)))

    assert passed == 2


def test_what_no_limit_looks_back_to_is_forgotten(session: Session) -> None:
    wait(session, [TWICE_A_MINUTE], START)

    throttle.forget_old(session, after(3599), longest=dt.timedelta(hours=1))
    assert session.scalars(select(Throttle.tries)).all() == [1]
    throttle.forget_old(session, after(3601), longest=dt.timedelta(hours=1))
    assert session.scalars(select(Throttle.tries)).all() == []


def test_tries_that_were_counted_while_the_clock_was_ahead_shut_nobody_out(session: Session) -> None:
    for _ in range(3):
        wait(session, [TWICE_A_MINUTE], START + dt.timedelta(days=365))

    assert [wait(session, [TWICE_A_MINUTE], after(second)) is None for second in range(3)] == [True, True, False]
