"""For whom each route is, decided here once more by hand: a route that isn't in this table fails the tests."""

from enum import Enum

from finder.domain.account import Role


class Who(Enum):
    """Somebody as a route sees them."""

    NOBODY = "not signed in"
    HALFWAY = "password given"
    DISABLED = "disabled"
    VIEWER = Role.VIEWER
    REPRESENTATIVE = Role.REPRESENTATIVE
    REVIEWER = Role.REVIEWER
    EDITOR = Role.EDITOR
    EDITOR_ELSEWHERE = "editor of another state"
    ADMINISTRATOR = Role.ADMINISTRATOR


EVERYBODY = frozenset(Who)
WITH_A_PASSWORD = EVERYBODY - {Who.NOBODY, Who.DISABLED}
SIGNED_IN = WITH_A_PASSWORD - {Who.HALFWAY}
ADMINISTRATORS = frozenset({Who.ADMINISTRATOR})

STAFF_ROUTES = {
    "GET /account/sign-in": EVERYBODY,
    "POST /account/sign-in": EVERYBODY,
    "GET /account/forgotten-password": EVERYBODY,
    "POST /account/forgotten-password": EVERYBODY,
    "GET /account/choose-password/<token>": EVERYBODY,
    "POST /account/choose-password/<token>": EVERYBODY,
    "GET /account/second-factor": WITH_A_PASSWORD,
    "POST /account/second-factor": WITH_A_PASSWORD,
    "GET /account/recovery-code": WITH_A_PASSWORD,
    "POST /account/recovery-code": WITH_A_PASSWORD,
    # Halfway only for who has no app yet; `Who.HALFWAY` has one.
    "GET /account/second-factor/set-up": SIGNED_IN,
    "POST /account/second-factor/set-up": SIGNED_IN,
    "POST /account/sign-out": WITH_A_PASSWORD,
    "GET /account/": SIGNED_IN,
    "POST /account/sessions/<int:session_id>/end": SIGNED_IN,
    "POST /account/sessions/end-others": SIGNED_IN,
    "GET /account/password": SIGNED_IN,
    "POST /account/password": SIGNED_IN,
    "GET /account/recovery-codes": SIGNED_IN,
    "POST /account/recovery-codes": SIGNED_IN,
    "GET /admin/": SIGNED_IN,
    "GET /admin/users": ADMINISTRATORS,
    "GET /admin/users/invite": ADMINISTRATORS,
    "POST /admin/users/invite": ADMINISTRATORS,
    "GET /admin/users/<int:account_id>": ADMINISTRATORS,
    "POST /admin/users/<int:account_id>": ADMINISTRATORS,
    "POST /admin/users/<int:account_id>/invite": ADMINISTRATORS,
    "POST /admin/users/<int:account_id>/disable": ADMINISTRATORS,
    "POST /admin/users/<int:account_id>/enable": ADMINISTRATORS,
    "POST /admin/users/<int:account_id>/remove-second-factor": ADMINISTRATORS,
}
