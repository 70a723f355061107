"""Measures three pages as Lighthouse sees them on a slow phone: ``make lighthouse``.

Not a test: how long a page takes depends on the machine that measures, and a busy one tells less of us than of itself.
Run it on an idle machine before a release. Lighthouse comes by npm into a folder of its own, and is no dependency of
the project.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from finder.listings import save_all
from finder.models import Provider
from finder.models.connection import engine_options
from tests.chromium import chromium
from tests.databases import SqliteDatabases
from tests.factories import A_CHANGE, a_source, drafts_of_several_towns
from tests.service import running

LIGHTHOUSE = "lighthouse@13.5.0"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
WANTED = 95
_CHROME = "--headless=new --no-sandbox --disable-background-networking --disable-component-update"
# A page of results is kept out of search engines on purpose, which Lighthouse counts as a fault.
_LEFT_OUT = {"results": "is-crawlable"}


def main() -> int:
    """Print the scores of each page; 1 where one is under what we want."""
    with tempfile.TemporaryDirectory() as folder, a_directory(Path(folder)) as (server, slug):
        pages = {"home": "/", "results": "/search?near=60601", "place": f"/providers/{slug}"}
        worst = min(shown(name, measured(server + path, Path(folder), name)) for name, path in pages.items())
    return int(worst < WANTED)


@contextmanager
def a_directory(folder: Path) -> Iterator[tuple[str, str]]:
    """A service of sixty listings: its address, and the slug of one of them."""
    with SqliteDatabases(folder).migrated() as url:
        engine = create_engine(url, **engine_options(url))
        with Session(engine) as session:
            a_source(session)
            save_all(session, drafts_of_several_towns(), A_CHANGE)
            session.commit()
            slug = session.scalars(select(Provider.slug).order_by(Provider.id)).first()
        engine.dispose()
        with running(url) as service:
            yield f"http://127.0.0.1:{service.port}", str(slug)


def measured(address: str, folder: Path, name: str) -> dict[str, Any]:
    """Lighthouse's report of a page with its own settings for phones."""
    report = folder / f"{name}.json"
    skipped = [f"--skip-audits={_LEFT_OUT[name]}"] if name in _LEFT_OUT else []
    command = ["npx", "--yes", LIGHTHOUSE, address, "--quiet", "--output=json", f"--output-path={report}"]
    environment = {**os.environ, "CHROME_PATH": chromium()}
    subprocess.run([*command, f"--chrome-flags={_CHROME}", *skipped], check=True, env=environment)
    found: dict[str, Any] = json.loads(report.read_text())
    return found


def shown(name: str, report: dict[str, Any]) -> int:
    """Print what a report says of a page; its lowest score."""
    scores: dict[str, int] = {each: round(100 * report["categories"][each]["score"]) for each in CATEGORIES}
    audits = report["audits"]
    paint = audits["largest-contentful-paint"]["numericValue"] / 1000
    shift = audits["cumulative-layout-shift"]["numericValue"]
    requests = audits["network-requests"]["details"]["items"]
    weight = sum(request["transferSize"] for request in requests)
    words = ", ".join(f"{category} {score}" for category, score in scores.items())
    print(f"{name}: {words}; largest paint {paint:.2f} s, shift {shift:.3f}, {len(requests)} requests, {weight} bytes")  # noqa: T201
    for category in CATEGORIES:
        for reference in report["categories"][category]["auditRefs"]:
            audit = audits[reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
                print(f"  {category}: {audit['title']} ({audit.get('displayValue', '')})")  # noqa: T201
    return min(scores.values())


if __name__ == "__main__":
    sys.exit(main())
