"""The browser that a machine has."""

import shutil

# The first is the same browser without windows: a new page costs it a third of the processor time.
_PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
_MEND = "install the package `chromium-headless-shell` or `chromium`; `make test` does it where it may"

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
