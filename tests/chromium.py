"""The browser that a machine has."""

import shutil

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
_MEND = "install the package `chromium`; `make test` does it where it may"

# Without these the browser itself asks its maker's hosts for updates.
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def chromium() -> str:
    """The path of the browser. Raises ``RuntimeError``, which names the mend, where there is none."""
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise RuntimeError(f"no Chromium here: {_MEND}")
    return program
