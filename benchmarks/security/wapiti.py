"""wapiti (https://wapiti-scanner.github.io), a scanner, against a site of its own: as a visitor, and signed in."""

import json
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

from benchmarks.promises.site import Server, Site
from benchmarks.security.checked import Checked
from benchmarks.security.places import HOST, served
from finder.config import PROJECT

_PROGRAM = PROJECT / "benchmarks" / "security" / ".venv" / "bin" / "wapiti"
# Without those for what finder has none of (WordPress, Java, LDAP, network devices), those that fetch lists from
# elsewhere, and those for certificates and redirections, for which there are checks of our own.
_MODULES = (
    "backup,cookieflags,crlf,csp,csrf,exec,file,htaccess,http_headers,methods,permanentxss,redirect,shellshock,"
    "sql,ssrf,timesql,upload,xss,xxe"
)
# Found and answered, each with its reason in docs/security.md.
_ANSWERED = {("Cross Site Request Forgery", "/guide"), ("Cross Site Request Forgery", "/es/guide")}
_REPORT = "report.json"
_CUT_OFF = re.compile("Max attack time was reached")
_SCAN_SECONDS, _ATTACK_SECONDS = "90", "120"


@dataclass(frozen=True)
class Walk:
    """Where a scan begins, what it leaves out, and whether it is signed in. Addresses are those below the site's."""

    begin: str
    also: tuple[str, ...]
    without: tuple[str, ...] = ()
    is_signed_in: bool = False


VISITOR = Walk(
    "/",
    ("/search?near=60601&radius=25&q=help", "/es/guide", "/map.json?near=60601", "/places.json?q=chicago", "/hsds/"),
    without=("/admin/*", "/account/*"),
)
ADMINISTRATOR = Walk(
    "/admin/", ("/admin/listings", "/admin/users", "/admin/sources", "/admin/reports"), is_signed_in=True
)


def wapiti_as_a_visitor() -> Checked:
    """All that is public, but for the pages on which people sign in, whose tries are limited."""
    return _scanned(VISITOR)


def wapiti_as_an_administrator() -> Checked:
    """All below ``/admin``, where it sends every form that it finds."""
    return _scanned(ADMINISTRATOR)


def _scanned(walk: Walk) -> Checked:
    with served(FINDER_BASE_URL=f"https://{HOST}") as (site, server), tempfile.TemporaryDirectory() as folder:
        said = _run(_command(walk, site, server, folder))
        report = Path(folder) / _REPORT
        if not report.exists():
            return Checked(
                figure="broken off",
                unasked=f"wapiti ended by itself: {(said.strip().splitlines() or ['without a word'])[-1]}",
            )
        found: Mapping[str, Any] = json.loads(report.read_text())
        findings = list(_findings(found))
        if walk.is_signed_in and server.ask("GET", "/admin/", headers=_cookie(site)) != HTTPStatus.OK:
            findings.append("the scan was signed out on its way, and saw less than it should have")
    pages, cut_off = found["infos"]["crawled_pages_nbr"], len(_CUT_OFF.findall(said))
    modules = f"{len(_MODULES.split(','))} modules, {cut_off} of them stopped after {_ATTACK_SECONDS} seconds"
    return Checked(figure=f"{pages} pages and forms, {modules}, {len(findings)} findings", findings=tuple(findings))


def _run(command: list[str]) -> str:
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False).stdout


def _command(walk: Walk, site: Site, server: Server, folder: str) -> list[str]:
    base = f"http://127.0.0.1:{server.port}"
    options = {"--url": [base + walk.begin], "--scope": ["folder"], "--module": [_MODULES]}
    options |= {"--start": [base + each for each in walk.also], "--exclude": [base + each for each in walk.without]}
    options |= {"--max-scan-time": [_SCAN_SECONDS], "--max-attack-time": [_ATTACK_SECONDS], "--tasks": ["4"]}
    options |= {"--depth": ["5"], "--max-files-per-dir": ["10"], "--timeout": ["30"], "--verbose": ["1"]}
    # Where an attack would have the server ask somebody: nobody is there, and nobody else is told of it.
    options |= {"--endpoint": ["http://127.0.0.1:9/"], "--dns-endpoint": ["localhost"]}
    options |= {"--store-session": [folder], "--store-config": [folder]}
    options |= {"--format": ["json"], "--output": [f"{folder}/{_REPORT}"]}
    if walk.is_signed_in:
        options["--header"] = [f"Cookie: {_cookie(site)['Cookie']}"]
    pairs = [part for name, values in options.items() for value in values for part in (name, value)]
    return [str(_PROGRAM), "--no-bugreport", *pairs]


def _cookie(site: Site) -> dict[str, str]:
    return {"Cookie": f"__Host-finder={site.cookie}"}


def _findings(report: Mapping[str, Any]) -> Iterator[str]:
    for kind, found in [*report["vulnerabilities"].items(), *report["anomalies"].items()]:
        for each in found:
            if (kind, each["path"]) not in _ANSWERED:
                yield f"{kind}: {each['method']} {each['path']} {each['parameter']}: {each['info']}"
