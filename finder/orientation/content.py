"""Reading reviewed content files: TOML in, checked dataclasses out, and errors that name the file."""

import tomllib
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import ConfigDict, StringConstraints, TypeAdapter, ValidationError

CHECKED = ConfigDict(extra="forbid")
"""A misspelled key in a content file is an error, never a text that quietly stays away."""

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
SecureUrl = Annotated[str, StringConstraints(pattern=r"^https://[^\s/]+\.[^\s]+$")]

Content = TypeVar("Content")


class ContentError(ValueError):
    """A content file is missing, malformed or incomplete. The message starts with the file's path."""


class UnknownLanguageError(LookupError):
    """No content is written in the language asked for. The message lists the languages there are."""


def read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError(f"{path}: cannot be read: {error}") from error


def parse_toml(text: str, path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ContentError(f"{path}: not valid TOML: {error}") from error


def checked(kind: type[Content], data: object, path: Path) -> Content:
    """The data as a ``kind``, a pydantic dataclass; raises ContentError with every problem found, one a clause."""
    try:
        return TypeAdapter(kind).validate_python(data)
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(str(part) for part in problem['loc']) or 'the file'}: {problem['msg']}"
            for problem in error.errors()
        )
        raise ContentError(f"{path}: {problems}") from error


def language_folder(root: Path, language: str) -> Path:
    """The folder of one language below ``root``, chosen among those that exist (a name never becomes a path)."""
    folders = {folder.name: folder for folder in root.iterdir() if folder.is_dir()}
    if language not in folders:
        raise UnknownLanguageError(f"nothing is written in {language!r}; languages: {', '.join(sorted(folders))}")
    return folders[language]
