"""A link to choose a password works once, and for nobody who was disabled since."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from finder.accounts import links, people
from finder.accounts.log import Deed
from finder.models import Account
from finder.models.connection import begin_writing
from tests.staff import START, an_account


def test_of_several_who_use_the_same_link_one_succeeds(engine: Engine, session: Session) -> None:
    token = links.new_link(session, an_account(session), START, links.FORGOTTEN)
    session.commit()

    def attempt(_number: int) -> bool:
        with Session(engine) as own:
            begin_writing(own)
            taken = links.take(own, token)
            own.commit()
            return taken

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(attempt, range(8))) == 1


def test_a_link_from_before_somebody_was_disabled_is_dead_when_they_are_let_in_again(session: Session) -> None:
    account = session.get_one(Account, an_account(session).id)
    token = links.new_link(session, account, START, links.INVITATION)

    people.disable(session, account, Deed(START))
    people.enable(session, account, Deed(START))

    assert links.account_of(session, token, START) is None
