"""nginx with ``deploy/nginx.conf`` before gunicorn: what they make of each other, of slow clients, and of trouble."""

import re
import ssl
import warnings
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPConnection

from benchmarks.security.checked import Checked
from benchmarks.security.passed_on import is_one_request, recorder
from benchmarks.security.places import HOST, Proxy, everything, nginx_before, served, trusting
from finder.orientation.helplines import load_helplines
from tests.smuggling import AMBIGUOUS, BROKEN_CHUNKS, CLEAR, SMUGGLED, statuses

_HTTPS = f"https://{HOST}"
_GOOD_SUITES = {
    "ECDHE-ECDSA-AES128-GCM-SHA256",
    "ECDHE-ECDSA-AES256-GCM-SHA384",
    "ECDHE-ECDSA-CHACHA20-POLY1305",
}
_NO_SUITES = ("ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES256-SHA384", "AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-CCM")
_SLOW = 48  # more than gunicorn has threads
_PATIENCE_SECONDS = 15  # half of what nginx has with a slow form, after which finder's threads would be free again
_MEGABYTES_3 = 3_000_000
_RIDDLES = AMBIGUOUS | BROKEN_CHUNKS | CLEAR


def smuggling() -> Checked:
    """Requests that two servers may read differently: to finder's own, and as nginx passes them on."""
    findings = [*_answered_out_of_turn(), *_passed_on()]
    return Checked(figure=f"{len(_RIDDLES)} requests, {len(findings)} smuggled", findings=tuple(findings))


def _answered_out_of_turn() -> Iterator[str]:
    """After each of them another visitor asks, and must get their own page."""
    with served(FINDER_BASE_URL=_HTTPS) as (_, server), nginx_before(server.port, limited=False) as proxy:
        for name, ask in _RIDDLES.items():
            if SMUGGLED in statuses(proxy.say(ask)) and name not in BROKEN_CHUNKS:
                yield f"{name}: the request inside was answered"
            if statuses(proxy.get("/healthz")) != [200]:
                yield f"{name}: the next visitor did not get their page"


def _passed_on() -> Iterator[str]:
    """What nginx takes for two requests of one visitor, as it may with broken chunks, must come as two."""
    with recorder() as behind, nginx_before(behind.port, limited=False) as proxy:
        for name, ask in _RIDDLES.items():
            behind.seen.clear()
            proxy.say(ask)
            if not all(map(is_one_request, behind.seen)):
                yield f"{name}: passed on so that it can be read in two ways"


def nginx() -> Checked:
    """Syntax (``nginx -t``), encryption, names, slow clients, limits, and the page that is there when finder isn't."""
    with served(FINDER_BASE_URL=_HTTPS) as (_, server):
        with nginx_before(server.port) as proxy:
            findings = [*_encryption(proxy), *_names(proxy), *_slow_clients(proxy), *_too_large(proxy)]
        with nginx_before(server.port) as proxy:
            findings += _too_many(proxy)
            server.kill()
        with nginx_before(server.port) as proxy:
            findings += _down(proxy)
    return Checked(figure=f"8 behaviors, {len(findings)} not as they should be", findings=tuple(findings))


def _encryption(proxy: Proxy) -> Iterator[str]:
    connection = HTTPConnection("127.0.0.1", proxy.http, timeout=30)
    for address, status, location in (("/search?near=1", 301, f"{_HTTPS}/search?near=1"), ("/hsds/", 403, None)):
        connection.request("GET", address, headers={"Host": HOST})
        answer = connection.getresponse()
        answer.read()
        if (answer.status, answer.getheader("Location")) != (status, location):
            yield f"unencrypted, {address} is answered {answer.status} {answer.getheader('Location')}"
    connection.close()
    yield from (f"the suite {suite} is refused" for suite in sorted(_GOOD_SUITES) if not _agrees(proxy, suite))
    yield from (f"the suite {suite} is taken" for suite in _NO_SUITES if _agrees(proxy, suite))
    if _agrees(proxy, "ALL:@SECLEVEL=0", ssl.TLSVersion.TLSv1_1):
        yield "TLS 1.1 is taken"
    if not _agrees(proxy, "", ssl.TLSVersion.TLSv1_3):
        yield "TLS 1.3 is refused"


def _agrees(proxy: Proxy, suites: str, version: ssl.TLSVersion = ssl.TLSVersion.TLSv1_2) -> bool:
    context = trusting()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of the old version, which is asked for to be refused
        context.minimum_version = min(version, ssl.TLSVersion.TLSv1_2)
        context.maximum_version = version
    if version == ssl.TLSVersion.TLSv1_3:
        context.minimum_version = version
    if suites:
        context.set_ciphers(suites)
    try:
        proxy.connect(context).close()
    except OSError:
        return False
    return True


def _names(proxy: Proxy) -> Iterator[str]:
    for name, page in {
        "Host": proxy.say(b"GET /sitemap.xml HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n"),
        "SCRIPT_NAME": proxy.get("/topics", "SCRIPT_NAME: /topics", "X-Forwarded-Host: elsewhere.example"),
    }.items():
        if statuses(page) != [200] or b"elsewhere.example" in page:
            yield f"a visitor's header {name} gets into a page"
    if b"Strict-Transport-Security: max-age=63072000" not in proxy.get("/"):
        yield "a page doesn't keep browsers to encryption"


def _slow_clients(proxy: Proxy) -> Iterator[str]:
    """Clients that send half a head, or a head and half a form: none may hold a thread of finder's."""
    form = f"POST /guide HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    form += "Content-Length: 100\r\n\r\nasked="  # of which finder would wait for the rest
    with ExitStack() as stack:
        for number in range(2 * _SLOW):
            connection = stack.enter_context(proxy.connect())
            connection.sendall((form if number % 2 else form[:30]).encode())
        hurried = stack.enter_context(proxy.connect())
        hurried.settimeout(_PATIENCE_SECONDS)
        hurried.sendall(f"GET /search?near=60601 HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode())
        try:
            is_answered = statuses(everything(hurried)) == [200]
        except TimeoutError:
            is_answered = False
    if not is_answered:
        yield f"{2 * _SLOW} slow clients keep others out"


def _too_large(proxy: Proxy) -> Iterator[str]:
    head = f"POST /guide HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: {_MEGABYTES_3}\r\nConnection: close\r\n\r\n"
    answer = proxy.say(head.encode())
    if statuses(answer) != [413] or not _is_failsafe(answer):
        yield f"too large a form is answered {statuses(answer)}"


def _too_many(proxy: Proxy) -> Iterator[str]:
    with proxy.connect() as connection:
        ask = f"GET /nowhere HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode()
        last = ask.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
        connection.sendall(200 * ask + last)
        answers = b"".join(iter(lambda: connection.recv(65_536), b""))
    refused = statuses(answers).count(429)
    if not refused or not _is_failsafe(answers) or b"Retry-After: 60" not in answers:
        yield f"of 201 requests at once {refused} are refused, or without whom to call"


def _down(proxy: Proxy) -> Iterator[str]:
    for address in ("/", "/es/search?near=60601", "/hsds/"):
        answer = proxy.get(address)
        if statuses(answer) != [502] or not _is_failsafe(answer):
            yield f"while finder is down, {address} is answered {statuses(answer)} without whom to call"
    if b"Content-Type: text/css" not in proxy.get("/failsafe.css"):
        yield "the page for when finder is down lacks its style"
    if statuses(proxy.get("/failsafe.html")) != [404]:
        yield "the page for when finder is down can be asked for"


def _is_failsafe(answer: bytes) -> bool:
    numbers = {line.call_href for line in load_helplines()}
    linked = set(re.findall(r'href="(tel:[^"]+)"', answer.decode()))
    headers = ("default-src 'none'", "max-age=63072000", "nosniff", "no-referrer", "no-store")
    return numbers <= linked and 'lang="es"' in answer.decode() and all(it in answer.decode() for it in headers)
