"""With a new secret nobody loses the second factor, and the old secret is needed for a while only."""

from sqlalchemy.orm import Session

from finder.accounts import Keys
from finder.accounts.rotation import seal_anew
from finder.models import Account
from tests.staff import KEYS, SECRET_KEY, an_account

NEWEST = "the secret that comes after the other one"


def test_everybody_s_second_factor_is_sealed_with_the_newest_secret_but_what_nobody_can_open(session: Session) -> None:
    ada, newcomer, bob = an_account(session), an_account(session, second_factor=False), an_account(session)
    sealed_elsewhere = Keys("of an installation that is long gone").seal("JBSWY3DPEHPK3PXP")
    session.get_one(Account, bob.id).totp_secret = sealed_elsewhere

    done = seal_anew(session, Keys(NEWEST, SECRET_KEY))

    session.expire_all()
    assert Keys(NEWEST).unseal(session.get_one(Account, ada.id).totp_secret) == KEYS.unseal(ada.totp_secret)
    assert session.get_one(Account, bob.id).totp_secret == sealed_elsewhere
    assert not session.get_one(Account, newcomer.id).has_second_factor
    assert (done.count, done.lost) == (1, [bob.email])
