"""The checks of MDN's HTTP Observatory, which itself asks public servers only, of a site of our own behind nginx.

Checks and points are those of https://developer.mozilla.org/en-US/observatory/docs/tests_and_scoring (read in November
2026). Where that has degrees between good and missing, this has none: half a policy counts as a missing one.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from http.client import HTTPConnection
from urllib.parse import urlsplit

from benchmarks.security.checked import Checked
from benchmarks.security.places import HOST, Proxy, nginx_before, served

_PAGES = ("/", "/es/search?near=60601", "/account/sign-in", "/nowhere", "/hsds/", "/healthz")
_ENOUGH_FOR_EXTRAS = 90
_SIX_MONTHS = 15_768_000
_PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
_TOO_BROAD = {"'unsafe-inline'", "'unsafe-eval'", "data:", "http:", "https:", "*"}
_SCRIPT = re.compile(r'<script[^>]*\ssrc="([^"]*)"')


@dataclass(frozen=True)
class Answer:
    """A page as the Observatory gets it; ``unencrypted`` is where the same address leads without encryption."""

    headers: Message
    body: str
    unencrypted: str | None


def observatory() -> Checked:
    """The score of several pages; a finding is whatever costs points."""
    with served(FINDER_BASE_URL=f"https://{HOST}") as (_, server), nginx_before(server.port) as proxy:
        judged = {page: _points(_ask(proxy, page)) for page in _PAGES}
    findings = [
        f"{page}: {check} costs {-it}" for page, points in judged.items() for check, it in points.items() if it < 0
    ]
    scores = ", ".join(f"{page} {_score(points.values())}" for page, points in judged.items())
    return Checked(figure=f"{scores} (from 100 on it is A+)", findings=tuple(findings))


def _score(points: Collection[int]) -> int:
    base = max(100 + sum(each for each in points if each < 0), 0)
    return base + sum(each for each in points if each > 0) if base >= _ENOUGH_FOR_EXTRAS else base


def _points(answer: Answer) -> dict[str, int]:
    return {name: check(answer) for name, check in _CHECKS.items()}


def _ask(proxy: Proxy, address: str) -> Answer:
    head, _, body = proxy.get(address, "Origin: https://elsewhere.example").partition(b"\r\n\r\n")
    headers = BytesParser().parsebytes(head.partition(b"\r\n")[2] + b"\r\n\r\n", headersonly=True)
    connection = HTTPConnection("127.0.0.1", proxy.http, timeout=30)
    connection.request("GET", address, headers={"Host": HOST})
    response = connection.getresponse()
    response.read()
    connection.close()
    return Answer(headers, body.decode(), response.getheader("Location"))


def _policy(answer: Answer) -> Mapping[str, list[str]]:
    parts = [part.split() for part in answer.headers.get("Content-Security-Policy", "").split(";")]
    return {part[0]: part[1:] for part in parts if part}


def _content_security_policy(answer: Answer) -> int:
    policy = _policy(answer)
    sources = [source for each in policy.values() for source in each]
    is_strict = policy.get("default-src") == ["'none'"] and not _TOO_BROAD.intersection(sources)
    return 10 if is_strict and policy.get("form-action") in (["'self'"], ["'none'"]) else -25


def _cookies(answer: Answer) -> int:
    cookies = answer.headers.get_all("Set-Cookie", [])
    flags = [{part.strip().lower() for part in cookie.split(";")[1:]} for cookie in cookies]
    if not all({"secure", "httponly"} <= each and each & {"samesite=lax", "samesite=strict"} for each in flags):
        return -40
    return 5 if cookies else 0


def _cross_origin_sharing(answer: Answer) -> int:
    is_shared = answer.headers.get("Access-Control-Allow-Origin", "*") == "*"
    return 0 if is_shared and "Access-Control-Allow-Credentials" not in answer.headers else -50


def _redirection(answer: Answer) -> int:
    """Programs get a refusal in place of a redirection, so that they are mended."""
    return 0 if answer.unencrypted is None or answer.unencrypted.startswith(f"https://{HOST}/") else -20


def _referrer_policy(answer: Answer) -> int:
    return 5 if answer.headers.get("Referrer-Policy") in _PRIVATE else -5


def _strict_transport_security(answer: Answer) -> int:
    found = re.fullmatch(r"max-age=(\d+)(; includeSubDomains)?", answer.headers.get("Strict-Transport-Security", ""))
    return 0 if found and int(found[1]) >= _SIX_MONTHS else -20


def _subresource_integrity(answer: Answer) -> int:
    return 0 if all(urlsplit(source).netloc in ("", HOST) for source in _SCRIPT.findall(answer.body)) else -50


def _x_content_type_options(answer: Answer) -> int:
    return 0 if answer.headers.get("X-Content-Type-Options") == "nosniff" else -5


def _x_frame_options(answer: Answer) -> int:
    return 5 if _policy(answer).get("frame-ancestors") in (["'none'"], ["'self'"]) else -20


def _cross_origin_resource_policy(answer: Answer) -> int:
    return 10 if answer.headers.get("Cross-Origin-Resource-Policy") in ("same-origin", "same-site") else 0


_CHECKS: Mapping[str, Callable[[Answer], int]] = {
    "Content-Security-Policy": _content_security_policy,
    "cookies": _cookies,
    "Cross-Origin Resource Sharing": _cross_origin_sharing,
    "redirection": _redirection,
    "Referrer-Policy": _referrer_policy,
    "Strict-Transport-Security": _strict_transport_security,
    "Subresource Integrity": _subresource_integrity,
    "X-Content-Type-Options": _x_content_type_options,
    "X-Frame-Options": _x_frame_options,
    "Cross-Origin-Resource-Policy": _cross_origin_resource_policy,
}
