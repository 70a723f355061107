"""The layers hold, and what watches over them would notice if they didn't."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
EDGES = {"app", "cli", "web", "api", "jobs", "extensions", "ops", "config"}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package and of the rules, to plant something in."""
    shutil.copytree(PROJECT / "finder", tmp_path / "finder", ignore=shutil.ignore_patterns("__pycache__", "static"))
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache", "--no-logo"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_part_knows_only_what_lies_below_it(copy: Path) -> None:
    result = lint(copy)

    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("module", "statement"),
    [
        ("models/planted.py", "import finder.listings"),
        ("domain/planted.py", "import finder.config"),
        ("search/planted.py", "import finder.places"),
        ("listings/planted.py", "import finder.importing"),
        ("web/planted.py", "import finder.cli"),
        ("domain/planted.py", "import flask"),
        ("importing/planted.py", "import wtforms"),
        ("attic/__init__.py", ""),
    ],
)
def test_a_planted_violation_fails(copy: Path, module: str, statement: str) -> None:
    planted = copy / "finder" / module
    planted.parent.mkdir(exist_ok=True)
    planted.write_text(f"{statement}\n")

    result = lint(copy)

    assert result.returncode != 0
    assert planted.stem in result.stdout or planted.parent.name in result.stdout


def test_all_but_the_edges_is_the_core_that_knows_no_flask() -> None:
    rules = tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    core = next(rule["source_modules"] for rule in rules if rule["id"] == "core")
    packages = {path.parent.name for path in (PROJECT / "finder").glob("*/__init__.py")}

    assert set(core) == {f"finder.{package}" for package in packages - EDGES}
