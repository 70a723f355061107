"""Known weaknesses of what finder rests on, as the registries tell them: pip-audit and npm audit.

Both ask somebody else. One who can't be reached, or who knows of no weakness at all, gives the same answer as one who
finds nothing; so each is first asked about a version whose weaknesses have been public for years.
"""

import json
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.security.checked import Checked
from finder.config import PROJECT

_PIP_AUDIT = PROJECT / "benchmarks" / "security" / ".venv" / "bin" / "pip-audit"
_LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-node.txt")
_WEAK = "jinja2==2.10\n"  # CVE-2019-10906
_WEAK_NPM = {"name": "minimist", "version": "0.0.8"}  # CVE-2020-7598, CVE-2021-44906


class UnaskedError(Exception):
    """Nobody could be asked; the message tells why."""


def python_packages() -> Checked:
    """Every locked version of every Python package, those of the tests too."""
    try:
        with tempfile.TemporaryDirectory() as folder:
            weak = Path(folder) / "requirements.txt"
            weak.write_text(_WEAK)
            if not list(_weaknesses(_pip_audit("--no-deps", "--requirement", str(weak)))):
                raise UnaskedError(f"the service knows of no weakness in {_WEAK.strip()}, which has some")
        found = [_pip_audit("--require-hashes", "--requirement", lock) for lock in _LOCKS]
    except UnaskedError as error:
        return Checked(figure="nothing was compared", unasked=str(error))
    findings = sorted({each for report in found for each in _weaknesses(report)})
    number = len({each["name"] for report in found for each in report["dependencies"]})
    return Checked(figure=f"{number} packages, {len(findings)} weaknesses", findings=tuple(findings))


def node_packages() -> Checked:
    """Every locked version of what builds the pages, and of htmx and the map's script, which visitors get."""
    try:
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "package.json").write_text(json.dumps(_an_npm_project()))
            (Path(folder) / "package-lock.json").write_text(json.dumps(_an_npm_lock()))
            if not _npm_audit(Path(folder))["vulnerabilities"]:
                raise UnaskedError(f"the registry knows of no weakness in {' '.join(_WEAK_NPM.values())}")
        report = _npm_audit(PROJECT)
    except UnaskedError as error:
        return Checked(figure="nothing was compared", unasked=str(error))
    findings = [f"{name}: {each['severity']}, {each['range']}" for name, each in report["vulnerabilities"].items()]
    number = report["metadata"]["dependencies"]["total"]
    return Checked(figure=f"{number} packages, {len(findings)} weaknesses", findings=tuple(findings))


def _pip_audit(*options: str) -> Mapping[str, Any]:
    command = [str(_PIP_AUDIT), "--disable-pip", "--progress-spinner", "off", "--format", "json", *options]
    return _read(command, PROJECT, "dependencies")


def _npm_audit(folder: Path) -> Mapping[str, Any]:
    return _read(["npm", "audit", "--package-lock-only", "--json"], folder, "vulnerabilities")


def _read(command: list[str], folder: Path, must_have: str) -> Mapping[str, Any]:
    """What a program reports; both end with 1 where they find something, and where they fail."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    try:
        report: Mapping[str, Any] = json.loads(done.stdout)
    except ValueError:
        report = {}
    if must_have not in report:
        said = (report.get("message") or done.stderr or done.stdout).strip().splitlines()
        raise UnaskedError(f"{Path(command[0]).name} could not: {said[-1] if said else 'it said nothing'}")
    return report


def _weaknesses(report: Mapping[str, Any]) -> Iterator[str]:
    for package in report["dependencies"]:
        for each in package.get("vulns", ()):
            mended = ", ".join(each["fix_versions"]) or "no version yet"
            yield f"{package['name']} {package['version']}: {each['id']}, mended in {mended}"


def _an_npm_project() -> dict[str, Any]:
    return {"name": "weak", "version": "1.0.0", "dependencies": {_WEAK_NPM["name"]: _WEAK_NPM["version"]}}


def _an_npm_lock() -> dict[str, Any]:
    packages = {"": _an_npm_project(), f"node_modules/{_WEAK_NPM['name']}": {"version": _WEAK_NPM["version"]}}
    return {"name": "weak", "version": "1.0.0", "lockfileVersion": 3, "requires": True, "packages": packages}
