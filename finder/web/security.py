"""What signing in rests on: the session's cookie, tokens against forged forms, keys, clock, letters.

All of it below ``/account`` and ``/admin`` alone. A public page has no session to read or to write: trying is an error.
"""

import datetime as dt
import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from flask import Flask, Request, current_app, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_wtf.csrf import CSRFError, CSRFProtect  # type: ignore[import-untyped] # it has no types
from werkzeug.middleware.proxy_fix import ProxyFix

from finder.accounts import Keys, Lifetime, Mailer, mailer
from finder.accounts.letters import link_address
from finder.accounts.passkeys import Site
from finder.accounts.passwords import Refused
from finder.accounts.secret import older_secrets, secret_of, signing_secrets
from finder.config import Settings
from finder.web.background import Background
from finder.web.tally import Tally

if TYPE_CHECKING:
    from itsdangerous import URLSafeTimedSerializer

Clock = Callable[[], dt.datetime]

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
"""Of requests that change nothing."""

_STAFF = ("/account", "/admin")
_csrf = CSRFProtect()


def init_app(app: Flask) -> None:
    """Prepare the application for people who sign in."""
    settings: Settings = app.extensions["settings"]
    is_https = settings.base_url.startswith("https:")
    app.config.update(
        # The prefix makes browsers refuse the cookie from another host or without encryption.
        SESSION_COOKIE_NAME="__Host-finder" if is_https else "finder",
        SESSION_COOKIE_SECURE=is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=dt.timedelta(hours=settings.session_hours),
        WTF_CSRF_CHECK_DEFAULT=False,  # `_refuse_forged_forms` decides where
        WTF_CSRF_TIME_LIMIT=None,  # the token ends with the session
        WTF_CSRF_SSL_STRICT=False,  # it asks for a referrer, and our pages send none
    )
    app.session_interface = _StaffSessions()
    _csrf.init_app(app)
    app.before_request(_leave_uncompressed)
    app.before_request(_refuse_forged_forms)
    app.extensions["background"] = Background()
    app.extensions["clock"] = _utc_now
    app.extensions["tally"] = Tally()
    smtp_url = settings.smtp_url.get_secret_value() if settings.smtp_url else ""
    app.extensions["mailer"] = mailer(smtp_url, settings.mail_from, settings.instance_folder / "letters")
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign] # wrapping wsgi_app is Flask's documented way
            app.wsgi_app, x_for=settings.trusted_proxies, x_proto=0
        )


def now() -> dt.datetime:
    """The time by the application's clock, which a test may set: ``app.extensions["clock"]``."""
    clock: Clock = current_app.extensions["clock"]
    return clock()


def keys() -> Keys:
    """The keys of this installation."""
    if "keys" not in current_app.extensions:
        current_app.extensions["keys"] = Keys(secret_of(_settings()), *older_secrets(_settings()))
    made: Keys = current_app.extensions["keys"]
    return made


def refused_passwords() -> Refused:
    """What nobody may choose here as a password."""
    words = tuple(filter(None, map(str.strip, _settings().password_words.split(","))))
    return Refused(words, _settings().breached_passwords)


def tally() -> Tally:
    """Counts what is refused too often for a line in the log each."""
    made: Tally = current_app.extensions["tally"]
    return made


def lifetime() -> Lifetime:
    """How long a session lasts."""
    settings = _settings()
    idle, absolute = dt.timedelta(minutes=settings.session_idle_minutes), dt.timedelta(hours=settings.session_hours)
    return Lifetime(idle=idle, absolute=absolute)


def background() -> Background:
    """Does work after the answer."""
    made: Background = current_app.extensions["background"]
    return made


def post() -> Mailer:
    """Sends letters."""
    made: Mailer = current_app.extensions["mailer"]
    return made


def address_of_link(token: str) -> str:
    """Where a link to choose a password leads; never by the request's ``Host``, which anybody may claim."""
    return link_address(_settings().base_url, token)


def site() -> Site:
    """For which site passkeys sign; by the settings, as `address_of_link`."""
    return Site.at(_settings().base_url)


class _StaffSessions(SecureCookieSessionInterface):
    """Flask's signed cookie, for people who sign in; it holds the token of a session, of which we keep the record."""

    digest_method = staticmethod(hashlib.sha256)  # Flask's own is SHA-1

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session, or one that can't be written to where nobody signs in."""
        return super().open_session(app, request) if is_for_staff(request.path) else self.make_null_session(app)

    def get_signing_serializer(self, app: Flask) -> "URLSafeTimedSerializer | None":
        """Signs the cookie. The secret is read here, so that a process without a sign-in never does."""
        if not app.secret_key:
            _take_secrets(app, cast(Settings, app.extensions["settings"]))
        return super().get_signing_serializer(app)


def _take_secrets(app: Flask, settings: Settings) -> None:
    """Sign with the secret; cookies and forms that were signed with one before it are still taken."""
    app.config["SECRET_KEY_FALLBACKS"] = older_secrets(settings)
    app.config["WTF_CSRF_SECRET_KEY"] = signing_secrets(settings)
    app.secret_key = secret_of(settings)


def _refuse_forged_forms() -> None:
    """Refuse a form without our token, known address or not; elsewhere there is no session that it could misuse."""
    if not is_for_staff(request.path):
        return
    try:
        _csrf.protect()
    except CSRFError:
        tally().note("forged_form", now())
        raise


def _leave_uncompressed() -> None:
    # Compressed together with what somebody else wrote, a form's token could be guessed by the length (BREACH).
    if is_for_staff(request.path):
        request.environ.pop("HTTP_ACCEPT_ENCODING", None)


def is_for_staff(path: str) -> bool:
    """Whether people sign in for the page at this path."""
    return any(path == root or path.startswith(f"{root}/") for root in _STAFF)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


def _utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
