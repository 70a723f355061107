"""The documentation is complete."""

import re
from pathlib import Path

from finder.config import Settings

PROJECT = Path(__file__).parents[2]
PAGES = sorted([PROJECT / "README.md", PROJECT / "CHANGELOG.md", *(PROJECT / "docs").rglob("*.md")])
_SETTING = re.compile(r"^\| `(FINDER_\w+)` \| (.*?) \| (.*?) \|$", re.MULTILINE)
_LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)#\s]+)")


def settings_table() -> dict[str, tuple[str, str]]:
    page = (PROJECT / "docs" / "settings.md").read_text()
    return {name: (default, description) for name, default, description in _SETTING.findall(page)}


def test_every_setting_is_described_as_the_program_describes_it() -> None:
    described = {name: description for name, (_, description) in settings_table().items()}

    assert described == {f"FINDER_{name.upper()}": field.description for name, field in Settings.model_fields.items()}


def test_every_default_is_told() -> None:
    for name, (default, _) in settings_table().items():
        value = str(Settings.model_fields[name.removeprefix("FINDER_").lower()].default)
        assert default == f"`{value.replace(f'{PROJECT}/', '')}`"


def test_every_link_between_pages_leads_somewhere() -> None:
    dead = [
        f"{page.relative_to(PROJECT)}: {target}"
        for page in PAGES
        for target in _LINK.findall(page.read_text())
        if not (page.parent / target).exists()
    ]

    assert dead == []


def test_every_command_that_the_readme_names_is_a_target_of_make() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"make ([a-z-]+)", (PROJECT / "README.md").read_text()))

    assert named
    assert named <= targets


def test_every_decision_has_a_number_of_its_own() -> None:
    numbers = [path.name[:4] for path in (PROJECT / "docs" / "decisions").glob("*.md")]

    assert all(number.isdigit() for number in numbers)
    assert len(numbers) == len(set(numbers))
