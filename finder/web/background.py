"""Work that is done after the answer, so that how long it takes tells the visitor nothing."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import cast

import structlog
from flask import Flask, current_app

log = structlog.get_logger()


class Background:
    """One thread a process, started when it is first needed; what waits is still done when the process ends."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="background")
        self._last: Future[None] | None = None

    def run(self, job: Callable[[], None]) -> None:
        """Do the job soon, in the present application's context; if it fails, that is logged without its message."""
        app = cast(Flask, current_app._get_current_object())  # type: ignore[attr-defined] # noqa: SLF001 (Flask's way)
        self._last = self._thread.submit(_guarded, app, job)

    def finish(self) -> None:
        """Wait until everything is done."""
        if self._last:
            self._last.result()


def _guarded(app: Flask, job: Callable[[], None]) -> None:
    with app.app_context():
        try:
            job()
        except Exception as error:  # noqa: BLE001 (nobody above it would notice)
            log.error("background_failed", kind=type(error).__name__)
