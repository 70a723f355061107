"""What is counted when somebody tries to sign in or asks for a new password, and how much of it is let through.

Six digits, of which three are right at a time, and 20 tries a day: whoever has a password finds the code within a year
with a chance of 1 in 50, and the log tells of each try.
"""

import datetime as dt

from finder.accounts.keys import Keys
from finder.accounts.networks import of_one_customer
from finder.accounts.throttle import Count, Limit

_QUARTER = dt.timedelta(minutes=15)
_HOUR = dt.timedelta(hours=1)
_DAY = dt.timedelta(days=1)

LONGEST = _DAY
"""The longest span over which anything is counted."""

PASSWORDS_OF_ACCOUNT = Limit(10, _QUARTER)
PASSWORDS_OF_ACCOUNT_A_DAY = Limit(50, _DAY)
PASSWORDS_FROM_ADDRESS = Limit(50, _QUARTER)
PASSWORDS_OF_ALL = Limit(1000, _HOUR)
CODES_OF_ACCOUNT = Limit(5, _QUARTER)
CODES_OF_ACCOUNT_A_DAY = Limit(20, _DAY)
LINKS_OF_ACCOUNT = Limit(3, _HOUR)
LINKS_FROM_ADDRESS = Limit(10, _HOUR)


def password_counts(keys: Keys, email: str, address: str, now: dt.datetime) -> list[Count]:
    """What a try of a password counts on: that account, whether there is one or not, the address, and all together."""
    return [
        *password_counts_of_account(keys, email),
        Count(_of_address(keys, "password", address, now), PASSWORDS_FROM_ADDRESS),
        Count(keys.fingerprint("password of all"), PASSWORDS_OF_ALL),
    ]


def password_counts_of_account(keys: Keys, email: str) -> list[Count]:
    """Those that the right password sets back to nothing."""
    return [
        Count(keys.fingerprint("password", email), PASSWORDS_OF_ACCOUNT),
        Count(keys.fingerprint("password a day", email), PASSWORDS_OF_ACCOUNT_A_DAY),
    ]


def code_counts(keys: Keys, account_id: int) -> list[Count]:
    """What a try of a second factor counts on."""
    return [
        Count(keys.fingerprint("code", str(account_id)), CODES_OF_ACCOUNT),
        Count(keys.fingerprint("code a day", str(account_id)), CODES_OF_ACCOUNT_A_DAY),
    ]


def link_counts(keys: Keys, email: str, address: str, now: dt.datetime) -> list[Count]:
    """What asking for a link to a new password counts on."""
    return [
        Count(keys.fingerprint("link", email), LINKS_OF_ACCOUNT),
        Count(_of_address(keys, "link", address, now), LINKS_FROM_ADDRESS),
    ]


def _of_address(keys: Keys, what: str, address: str, now: dt.datetime) -> str:
    # Of another day the same address has another key: nobody can follow it through the days.
    return keys.fingerprint(what, "address", now.date().isoformat(), of_one_customer(address))
