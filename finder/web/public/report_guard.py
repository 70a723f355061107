"""What keeps programs from filling the list of reports, without asking anybody else and without knowing visitors."""

import datetime as dt
import hashlib
import threading
from collections import deque
from collections.abc import Callable

from itsdangerous import BadSignature, TimestampSigner

_FORM_IS_GOOD_FOR = dt.timedelta(hours=24)
_MOST = 60
_MOST_OF_ONE_LISTING = 10
_MOST_OF_ONE_VISITOR = 20

REPORTS_COUNT_FOR = dt.timedelta(hours=1)
"""How long a report counts against the next ones."""


class ReportGuard:
    """Signs the forms that we give out, and counts the reports of the last hour; safe to share between threads.

    Forms are signed with the last of the secrets, and known again by any of them. A form's signature says for which
    listing and when it was made, not who asked for it. What is counted is reports of a listing, and
    those of a visitor by a key that tells nothing about them (`finder.web.limits.visitor_key`).
    """

    def __init__(self, secrets: Callable[[], list[str]]) -> None:
        self._secrets = secrets
        self._lately: deque[tuple[dt.datetime, int, str]] = deque()
        self._counting = threading.Lock()

    def token(self, slug: str, now: dt.datetime) -> str:
        """What a form for this listing carries that is made now."""
        return _Signer(self._secrets(), now).sign(slug).decode()

    def is_ours(self, token: str, slug: str, now: dt.datetime) -> bool:
        """Whether we made a form with this token for the listing, in the last 24 hours."""
        try:
            signed = _Signer(self._secrets(), now).unsign(token, max_age=int(_FORM_IS_GOOD_FOR.total_seconds()))
        except BadSignature:
            return False
        return signed == slug.encode()

    def admits(self, provider_id: int, visitor: str, now: dt.datetime) -> bool:
        """Whether one more report of this listing is taken now from this visitor, if known; if so, it counts."""
        with self._counting:
            while self._lately and self._lately[0][0] <= now - REPORTS_COUNT_FOR:
                self._lately.popleft()
            of_listing = sum(reported == provider_id for _, reported, _ in self._lately)
            of_visitor = sum(bool(visitor) and visitor == who for _, _, who in self._lately)
            if len(self._lately) >= _MOST or of_listing >= _MOST_OF_ONE_LISTING or of_visitor >= _MOST_OF_ONE_VISITOR:
                return False
            self._lately.append((now, provider_id, visitor))
            return True


class _Signer(TimestampSigner):
    """Signs as of a given moment."""

    def __init__(self, secrets: list[str], now: dt.datetime) -> None:
        super().__init__(secrets, salt="finder.report", digest_method=hashlib.sha256)
        self._now = now

    def get_timestamp(self) -> int:
        return int(self._now.timestamp())
