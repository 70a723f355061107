"""``python -m benchmarks.security`` runs all checks, ``... nginx bandit`` some; ``make security`` sets up before.

Ends with 1 where something was found, and with 2 where nothing was found but somebody who knows could not be asked.
"""

import argparse
import sys
from collections.abc import Callable, Mapping

from benchmarks.security.checked import Checked
from benchmarks.security.dependencies import node_packages, python_packages
from benchmarks.security.edge import nginx, smuggling
from benchmarks.security.observatory import observatory
from benchmarks.security.source_code import bandit, ruff
from benchmarks.security.wapiti import wapiti_as_a_visitor, wapiti_as_an_administrator

_CHECKS: Mapping[str, Callable[[], Checked]] = {
    "ruff": ruff,
    "bandit": bandit,
    "python-packages": python_packages,
    "node-packages": node_packages,
    "nginx": nginx,
    "smuggling": smuggling,
    "observatory": observatory,
    "wapiti-visitor": wapiti_as_a_visitor,
    "wapiti-administrator": wapiti_as_an_administrator,
}


def main() -> int:
    """Run what was asked for; gives the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "checks", nargs="*", metavar="check", help=f"one of {', '.join(_CHECKS)}; all where there is none"
    )
    wanted = parser.parse_args().checks or list(_CHECKS)
    if unknown := set(wanted) - set(_CHECKS):
        parser.error(f"no such check: {', '.join(sorted(unknown))}")
    done = [_told(name, _CHECKS[name]()) for name in wanted]
    if any(each.findings for each in done):
        return 1
    return 2 if any(each.unasked for each in done) else 0


def _told(name: str, checked: Checked) -> Checked:
    sys.stdout.write(f"{name}: {checked.figure}\n")
    sys.stdout.writelines(f"  FOUND {finding}\n" for finding in checked.findings)
    if checked.unasked:
        sys.stdout.write(f"  COULD NOT BE ASKED: {checked.unasked}\n")
    sys.stdout.flush()
    return checked


if __name__ == "__main__":
    sys.exit(main())
