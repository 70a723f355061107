"""Passkeys in the database: a challenge is taken once, and who lost all proofs has none left."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from finder.accounts import passkeys, people, sessions
from finder.accounts.log import Deed
from finder.models import Account, AccountSession, Passkey
from finder.models.connection import begin_writing
from tests.staff import START, an_account


def test_of_several_who_answer_the_same_challenge_one_gets_it(engine: Engine, session: Session) -> None:
    account = session.merge(an_account(session))
    sessions.begin(session, account, START, complete=False, browser="")
    session.scalars(select(AccountSession)).one().challenge = b"sign this"
    session.commit()

    def attempt(_number: int) -> bytes:
        with Session(engine) as own:
            begin_writing(own)
            taken = passkeys.take_challenge(own, own.scalars(select(AccountSession)).one())
            own.commit()
            return taken

    with ThreadPoolExecutor(8) as threads:
        assert sorted(threads.map(attempt, range(8))) == [b""] * 7 + [b"sign this"]


def test_who_lost_everything_loses_the_passkeys_with_the_app(session: Session) -> None:
    account = session.get_one(Account, an_account(session).id)
    session.add(
        Passkey(
            account_id=account.id, credential_id=b"1", public_key=b"2", sign_count=0, name="Old phone", created_at=START
        )
    )
    session.flush()

    people.remove_second_factor(session, account, Deed(START))

    assert session.scalars(select(Passkey)).all() == []
    assert not account.has_second_factor
