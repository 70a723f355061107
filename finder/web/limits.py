"""How often one visitor may ask what takes work to answer: generous for people, a bound for programs.

Counted for a minute in the memory of this process, by a key that nobody can lead back to an address
(`finder.web.visitors`). Reports have a guard of their own beside this (`finder.web.public.report_guard`), and signing
in its own throttle (`finder.accounts.limits`). Why no library does it: ``docs/decisions/0018-limits.md``.
"""

from collections.abc import Mapping
from http import HTTPStatus
from ipaddress import ip_address, ip_network
from itertools import count
from types import MappingProxyType

import orjson
import structlog
from flask import Flask, Response, current_app, make_response, request

from finder.config import Settings
from finder.ops import metrics
from finder.web import errors
from finder.web.security import now, tally
from finder.web.visitors import Counts, Visitors

log = structlog.get_logger()

LIMITED: Mapping[str, str] = MappingProxyType(
    {
        "map_pins": "searches_per_minute",
        "results": "searches_per_minute",
        "results_as_calendar": "searches_per_minute",
        "results_as_csv": "searches_per_minute",
        "results_as_geojson": "searches_per_minute",
        "results_as_json": "searches_per_minute",
        "send_report": "searches_per_minute",
        "places": "suggestions_per_minute",
        "bmlt": "data_requests_per_minute",
        "dump": "data_requests_per_minute",
        "hsds": "data_requests_per_minute",
        "meeting_guide": "data_requests_per_minute",
    }
)
"""By the name of a view, or of a blueprint with all its views: the setting that says how often in a minute.

What has the same setting counts together, in each language.
"""

_FOR_PEOPLE = frozenset({"results", "results_as_calendar", "results_as_csv", "send_report"})
# Where a proxy of ours may stand: this machine, and networks that nobody reaches from outside.
_NEAR = tuple(map(ip_network, ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7")))
_failures = count(1)


def init_app(app: Flask) -> None:
    """Count and refuse before any view is reached."""
    app.extensions["visitors"] = Visitors()
    app.extensions["request_counts"] = Counts()
    app.before_request(_refuse_too_many)


def visitor_key() -> str:
    """Who asks, by a key of today (`finder.web.visitors.Visitors`); empty where a proxy keeps that to itself."""
    if _is_hidden_by_a_proxy():
        return ""
    visitors: Visitors = current_app.extensions["visitors"]
    return visitors.key(request.remote_addr or "", now().date())


def _refuse_too_many() -> Response | None:
    blueprint, _, view = (request.endpoint or "").rpartition(".")
    setting = LIMITED.get(view) or LIMITED.get(blueprint)
    if setting is None:
        return None
    try:
        seconds = _wait(setting)
    except Exception as error:  # noqa: BLE001 (whoever looks for help gets it, whether or not we can count)
        log.error("limiter_failed", kind=type(error).__name__, times=next(_failures))
        metrics.count_limiter_failure()
        return None
    if not seconds:
        return None
    metrics.count_refusal(setting)
    return _refused(view, seconds)


def _wait(setting: str) -> int:
    """Count the request; in how many seconds to go on where it is one too many, else 0."""
    counts: Counts = current_app.extensions["request_counts"]
    most: int = getattr(_settings(), setting)
    who = visitor_key() if most else ""
    return counts.wait(f"{setting} {who}", most, now().timestamp()) if who else 0


def _is_hidden_by_a_proxy() -> bool:
    """Whether the address is that of a proxy before us, of which the settings don't tell: all visitors have it."""
    if not request.remote_addr:
        return True  # a proxy on a Unix socket
    return "X-Forwarded-For" in request.headers and not _settings().trusted_proxies and _is_near(request.remote_addr)


def _is_near(address: str) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return True  # no address that we know to read
    return any(found in network for network in _NEAR)


def _refused(view: str, seconds: int) -> Response:
    """That it was too often, and when to go on: as a page, or as a problem document (RFC 9457)."""
    tally().note("too_many_requests", now())
    status = HTTPStatus.TOO_MANY_REQUESTS
    response = make_response(errors.page(status)) if view in _FOR_PEOPLE else _problem(status, seconds)
    response.headers["Retry-After"] = str(seconds)
    return response


def _problem(status: HTTPStatus, seconds: int) -> Response:
    words = f"Too many requests came from this address within a minute. Go on in {seconds} s."
    told = {"type": "about:blank", "title": status.phrase, "status": int(status), "detail": words}
    return Response(orjson.dumps(told), status, mimetype="application/problem+json")


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
