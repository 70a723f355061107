"""What reads the code: ruff's rules for security, and bandit (https://bandit.readthedocs.io), from which they come."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from benchmarks.security.checked import Checked
from finder.config import PROJECT

_FOLDERS = ("finder", "migrations", "seeds", "deploy")
_BANDIT = PROJECT / "benchmarks" / "security" / ".venv" / "bin" / "bandit"
_ANSWERED = re.compile(r"# noqa: ([A-Z0-9, ]+) \(.+\)")
# What is judged for a folder and not for a line, each with its reason in docs/security.md.
_ANSWERED_IN_THE_PAGE = {
    "B311": "finder/importing/formats/demonstration/",
    "B403": "finder/importing/formats/hsds/",
    "B404": "",
}
_NO_PASSWORD = "Possible hardcoded password: ''"  # noqa: S105 (what bandit says of comparing one with nothing)


def ruff() -> Checked:
    """Ruff's S rules; a line that a person answered has the reason beside it."""
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--select", "S", "--output-format", "concise", *_FOLDERS],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    found = [line for line in done.stdout.splitlines() if re.match(r"[\w/.]+:\d+:", line)]
    return Checked(figure=f"{len(found)} findings", findings=tuple(found))


def bandit() -> Checked:
    """All of bandit's findings but those that a person answered, beside the line for ruff or here for all alike."""
    done = subprocess.run(
        [str(_BANDIT), "--recursive", "--format", "json", "--quiet", *_FOLDERS],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    report: Mapping[str, Any] = json.loads(done.stdout)
    every = report["results"]
    findings = [*_said(every), *(f"not read: {each['filename']}" for each in report["errors"])]
    lines = report["metrics"]["_totals"]["loc"]
    return Checked(
        figure=f"{len(every)} findings in {lines:,} lines, {len(findings)} unanswered", findings=tuple(findings)
    )


def _said(results: list[Mapping[str, Any]]) -> Iterator[str]:
    for each in results:
        if not _is_answered(each):
            yield f"{each['filename']}:{each['line_number']}: {each['test_id']} {each['issue_text']}"


def _is_answered(result: Mapping[str, Any]) -> bool:
    """Bandit's B608 is ruff's S608."""
    number = result["test_id"]
    folder = _ANSWERED_IN_THE_PAGE.get(number)
    if result["issue_text"] == _NO_PASSWORD:
        return True
    if folder is not None and result["filename"].removeprefix("./").startswith(folder):
        return True
    lines = (PROJECT / result["filename"]).read_text().splitlines()
    told = [_ANSWERED.search(lines[line - 1]) for line in result["line_range"]]
    return any(number.replace("B", "S") in found[1].split(", ") for found in told if found)
