"""The secret of this installation: set by its operator, or made once and kept where only its own user reads it."""

import os
import secrets
from pathlib import Path

from finder.config import Settings

_FILE = "secret_key"


def secret_of(settings: Settings) -> str:
    """The secret of the settings, else that of the instance folder, which is made if it isn't there."""
    if settings.secret_key:
        return settings.secret_key.get_secret_value()
    path = settings.instance_folder / _FILE
    if not path.exists():
        _make(path)
    return path.read_text().strip()


def older_secrets(settings: Settings) -> list[str]:
    """The secrets that were replaced, with which something may still be signed or sealed; the newest first."""
    return [older.get_secret_value() for older in settings.secret_key_fallbacks]


def signing_secrets(settings: Settings) -> list[str]:
    """All of them, the present one last, as itsdangerous has it: it signs with the last and takes what any signed."""
    return [*reversed(older_secrets(settings)), secret_of(settings)]


def _make(path: Path) -> None:
    """Write a new secret, whole or not at all: of several processes that begin at once, the first one's stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{_FILE}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(48))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
