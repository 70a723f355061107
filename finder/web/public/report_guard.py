"""What keeps programs from filling the list of reports, without asking anybody else and without knowing visitors."""

import datetime as dt
import threading
from collections import deque
from collections.abc import Callable

from itsdangerous import BadSignature, TimestampSigner

_FORM_IS_GOOD_FOR = dt.timedelta(hours=24)
_PER = dt.timedelta(hours=1)
_MOST = 60
_MOST_OF_ONE_LISTING = 10


class ReportGuard:
    """Signs the forms that we give out, and counts the reports of the last hour; safe to share between threads.

    Of a visitor it knows nothing: a form's signature says for which listing and when it was made, and what is counted
    is reports of a listing.
    """

    def __init__(self, secret: Callable[[], str]) -> None:
        self._secret = secret
        self._lately: deque[tuple[dt.datetime, int]] = deque()
        self._counting = threading.Lock()

    def token(self, slug: str, now: dt.datetime) -> str:
        """What a form for this listing carries that is made now."""
        return _Signer(self._secret(), now).sign(slug).decode()

    def is_ours(self, token: str, slug: str, now: dt.datetime) -> bool:
        """Whether we made a form with this token for the listing, in the last 24 hours."""
        try:
            signed = _Signer(self._secret(), now).unsign(token, max_age=int(_FORM_IS_GOOD_FOR.total_seconds()))
        except BadSignature:
            return False
        return signed == slug.encode()

    def admits(self, provider_id: int, now: dt.datetime) -> bool:
        """Whether one more report of this listing is taken now; if so, it counts."""
        with self._counting:
            while self._lately and self._lately[0][0] <= now - _PER:
                self._lately.popleft()
            of_listing = sum(reported == provider_id for _, reported in self._lately)
            if len(self._lately) >= _MOST or of_listing >= _MOST_OF_ONE_LISTING:
                return False
            self._lately.append((now, provider_id))
            return True


class _Signer(TimestampSigner):
    """Signs as of a given moment."""

    def __init__(self, secret: str, now: dt.datetime) -> None:
        super().__init__(secret, salt="finder.report")
        self._now = now

    def get_timestamp(self) -> int:
        return int(self._now.timestamp())
