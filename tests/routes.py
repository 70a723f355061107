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
# Where they are in charge, reviewers work through queues, and editors also change listings.
WITH_QUEUES = frozenset({Who.REVIEWER, Who.EDITOR, Who.EDITOR_ELSEWHERE, Who.ADMINISTRATOR})
QUEUES_HERE = WITH_QUEUES - {Who.EDITOR_ELSEWHERE}
EDITS_HERE = QUEUES_HERE - {Who.REVIEWER}
IMPORTING = frozenset({Who.EDITOR, Who.ADMINISTRATOR})  # who edits everywhere
REPRESENTING = frozenset({Who.REPRESENTATIVE, Who.ADMINISTRATOR})

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
    # Passkeys; halfway, a new one only for who has no second factor yet.
    "POST /account/second-factor/passkey": WITH_A_PASSWORD,
    "POST /account/second-factor/passkey/challenge": WITH_A_PASSWORD,
    "GET /account/passkeys/new": SIGNED_IN,
    "POST /account/passkeys/new": SIGNED_IN,
    "POST /account/passkeys/challenge": SIGNED_IN,
    "GET /account/passkeys/<int:passkey_id>/remove": SIGNED_IN,
    "POST /account/passkeys/<int:passkey_id>/remove": SIGNED_IN,
    "GET /admin/": SIGNED_IN,
    "GET /admin/users": ADMINISTRATORS,
    "GET /admin/users/invite": ADMINISTRATORS,
    "POST /admin/users/invite": ADMINISTRATORS,
    "POST /admin/users/sign-out-everybody": ADMINISTRATORS,
    "GET /admin/users/<int:account_id>": ADMINISTRATORS,
    "POST /admin/users/<int:account_id>": ADMINISTRATORS,
    "POST /admin/users/<int:account_id>/invite": ADMINISTRATORS,
    "POST /admin/users/<int:account_id>/disable": ADMINISTRATORS,
    "POST /admin/users/<int:account_id>/enable": ADMINISTRATORS,
    "POST /admin/users/<int:account_id>/remove-second-factor": ADMINISTRATORS,
    # The directory in figures, and what administrators set.
    "GET /admin/dashboard": SIGNED_IN,
    "GET /admin/coverage": SIGNED_IN,
    "GET /admin/coverage.csv": SIGNED_IN,
    "GET /admin/vocabulary": ADMINISTRATORS,
    "POST /admin/vocabulary": ADMINISTRATORS,
    "GET /admin/helplines": ADMINISTRATORS,
    "POST /admin/helplines": ADMINISTRATORS,
    "GET /admin/policy": ADMINISTRATORS,
    "POST /admin/policy": ADMINISTRATORS,
    # The work queues: what to check, what was reported, what is listed twice.
    "GET /admin/reviews": WITH_QUEUES,
    "GET /admin/reviews/waiting": WITH_QUEUES,
    "GET /admin/reviews/next": WITH_QUEUES,
    "GET /admin/listings/<int:listing_id>/call": QUEUES_HERE,
    "POST /admin/listings/<int:listing_id>/call": QUEUES_HERE,
    "GET /admin/reports": WITH_QUEUES,
    "GET /admin/reports/<int:report_id>": QUEUES_HERE,
    "POST /admin/reports/<int:report_id>/assign": QUEUES_HERE,
    "POST /admin/reports/<int:report_id>/settle": QUEUES_HERE,
    "POST /admin/reports/<int:report_id>/reopen": QUEUES_HERE,
    "GET /admin/duplicates": WITH_QUEUES,
    "GET /admin/duplicates/<int:pair_id>": QUEUES_HERE,
    "POST /admin/duplicates/<int:pair_id>/merge": EDITS_HERE,
    "POST /admin/duplicates/<int:pair_id>/decide": QUEUES_HERE,
    "POST /admin/duplicates/find": WITH_QUEUES,  # after these: it drops pairs that aren't alike
    "GET /admin/merges": WITH_QUEUES,
    "POST /admin/merges/<int:merge_id>/undo": EDITS_HERE,
    # Representatives: their own listings, what they propose and claim; letters that ask a place.
    "GET /admin/own": REPRESENTING,
    "GET /admin/listings/<int:listing_id>/propose": REPRESENTING,
    "POST /admin/listings/<int:listing_id>/propose": REPRESENTING,
    "GET /admin/proposals": WITH_QUEUES - {Who.REVIEWER},
    "GET /admin/proposals/<int:proposal_id>": EDITS_HERE,
    "POST /admin/proposals/<int:proposal_id>/accept": EDITS_HERE,
    "POST /admin/proposals/<int:proposal_id>/reject": EDITS_HERE,
    "GET /admin/claims": REPRESENTING,
    "POST /admin/claims": frozenset({Who.REPRESENTATIVE}),
    "POST /admin/claims/<int:claim_id>/approve": ADMINISTRATORS,
    "POST /admin/claims/<int:claim_id>/decline": ADMINISTRATORS,
    "GET /admin/listings/<int:listing_id>/ask": QUEUES_HERE,
    "POST /admin/listings/<int:listing_id>/ask": QUEUES_HERE,
    # All listings, one of them, its history, and changes of many at once.
    "GET /admin/listings": SIGNED_IN,
    "GET /admin/listings/<int:listing_id>": SIGNED_IN,
    "POST /admin/listings/<int:listing_id>/status": EDITS_HERE,
    "POST /admin/listings/<int:listing_id>/notes": QUEUES_HERE,
    "POST /admin/listings/<int:listing_id>/assign": QUEUES_HERE,
    "GET /admin/listings/<int:listing_id>/history": SIGNED_IN,
    "GET /admin/listings/<int:listing_id>/history/<int:version>/undo": EDITS_HERE,
    "POST /admin/listings/<int:listing_id>/history/<int:version>/undo": EDITS_HERE,
    "GET /admin/listings/<int:listing_id>/history/<int:version>/restore": EDITS_HERE,
    "POST /admin/listings/<int:listing_id>/history/<int:version>/restore": EDITS_HERE,
    "GET /admin/listings/bulk": WITH_QUEUES,
    "POST /admin/listings/bulk": WITH_QUEUES,
    "GET /admin/bulk-changes": WITH_QUEUES,
    "GET /admin/bulk-changes/<int:bulk_id>": WITH_QUEUES,
    "POST /admin/bulk-changes/<int:bulk_id>/undo": QUEUES_HERE,
    # Sources and imports, and what they could not decide.
    "GET /admin/sources": IMPORTING,
    "GET /admin/sources/new": IMPORTING,
    "POST /admin/sources/new": IMPORTING,
    "GET /admin/sources/<key>": IMPORTING,
    "GET /admin/sources/<key>/edit": IMPORTING,
    "POST /admin/sources/<key>/edit": IMPORTING,
    "POST /admin/sources/<key>/pause": IMPORTING,
    "POST /admin/sources/<key>/resume": IMPORTING,
    "POST /admin/sources/<key>/upload": IMPORTING,
    "POST /admin/sources/<key>/fetch": IMPORTING,
    "GET /admin/sources/<key>/columns": IMPORTING,
    "POST /admin/sources/<key>/columns": IMPORTING,
    "POST /admin/sources/<key>/columns/file": IMPORTING,
    "GET /admin/sources/<key>/columns/values": IMPORTING,
    "POST /admin/sources/<key>/columns/values": IMPORTING,
    "GET /admin/imports": IMPORTING,
    "GET /admin/imports/<int:job_id>": IMPORTING,
    "POST /admin/imports/<int:job_id>/apply": IMPORTING,
    "POST /admin/imports/<int:job_id>/discard": IMPORTING,
    "GET /admin/imports/runs/<int:run_id>": IMPORTING,
    "GET /admin/imports/runs/<int:run_id>/undo": IMPORTING,
    "POST /admin/imports/runs/<int:run_id>/undo": IMPORTING,
    "GET /admin/conflicts": WITH_QUEUES,
    "POST /admin/conflicts/<int:conflict_id>/keep": QUEUES_HERE,
    "POST /admin/conflicts/<int:conflict_id>/take": QUEUES_HERE,
    # The form of a listing.
    "GET /admin/listings/<int:listing_id>/edit": EDITS_HERE,
    "POST /admin/listings/<int:listing_id>/edit": EDITS_HERE,
    "GET /admin/listings/new": EDITS_HERE | {Who.EDITOR_ELSEWHERE},
    "POST /admin/listings/new": EDITS_HERE | {Who.EDITOR_ELSEWHERE},
    "GET /admin/listings/<int:listing_id>/preview": SIGNED_IN,
}
