"""The service as it runs: gunicorn with the settings of ``deploy/``, as a process of its own."""

import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

PROJECT = Path(__file__).parents[1]
LISTENING = re.compile(r"Listening at: http://127\.0\.0\.1:(\d+)")


class Service:
    """A running gunicorn: its port (a free one, unless it must be known before), and what it logs."""

    def __init__(self, database_url: str, port: int = 0, application: str = "finder.app:create_app()") -> None:
        command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", application]
        environment = {**os.environ, "PORT": str(port), "FINDER_DATABASE_URL": database_url}
        self._process = subprocess.Popen(command, cwd=PROJECT, env=environment, text=True, stderr=subprocess.PIPE)
        self._lines: list[str] = []
        self.port = next(int(found.group(1)) for line in self._read() if (found := LISTENING.search(line)))
        self._reader = threading.Thread(target=list, args=(self._read(),))
        self._reader.start()

    def _read(self) -> Iterator[str]:
        assert self._process.stderr
        for line in self._process.stderr:
            self._lines.append(line)
            yield line

    def stop(self) -> str:
        """End it; everything that it logged."""
        self._process.terminate()
        self._reader.join()
        self._process.wait()
        assert self._process.stderr
        self._process.stderr.close()
        return "".join(self._lines)

    def get(self, address: str) -> tuple[int, str]:
        """The status and the body of an answer, over a connection of its own."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request("GET", address)
            response = connection.getresponse()
            return response.status, response.read().decode()

    def say(self, request: bytes) -> str:
        """Send bytes as they are; everything that comes back until the server hangs up."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as connection:
            connection.sendall(request)
            return b"".join(iter(lambda: connection.recv(65_536), b"")).decode()


@contextmanager
def running(database_url: str, port: int = 0) -> Iterator[Service]:
    """The service with the settings of ``deploy/gunicorn.conf.py`` on a free port, or on this one."""
    service = Service(database_url, port)
    try:
        yield service
    finally:
        service.stop()
