"""Serve finder and work off its jobs, as ``make run`` does; neither goes on without the other, and Ctrl+C ends both.

In production each is a service of its own (``deploy/systemd``).
"""

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType

_PROGRAMS = Path(sys.executable).parent
_COMMANDS = {
    "The web service": [_PROGRAMS / "gunicorn", "--config", "deploy/gunicorn.conf.py", "finder.app:create_app()"],
    "finder jobs": [_PROGRAMS / "finder", "jobs"],
}


class Both:
    """Both programs, while they run."""

    def __init__(self) -> None:
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._was_told_to_stop = False

    def run(self) -> int:
        """Run until the first of them ends, and end the other; the exit code."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        for name, command in _COMMANDS.items():
            self._running[name] = subprocess.Popen(command)  # noqa: S603 (our own two programs)
        ended, _ = os.wait()
        if not self._was_told_to_stop:
            name = next(name for name, each in self._running.items() if each.pid == ended)
            sys.stderr.write(f"{name} has ended, so all is stopped. What it said above tells why.\n")
        self._terminate()
        for each in self._running.values():
            each.wait()
        return 0 if self._was_told_to_stop else 1

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._was_told_to_stop = True
        self._terminate()

    def _terminate(self) -> None:
        for each in self._running.values():
            each.terminate()


if __name__ == "__main__":
    sys.exit(Both().run())
