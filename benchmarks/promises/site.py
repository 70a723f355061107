"""An installation of its own, to do things to that nobody would do to a real one."""

import datetime as dt
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

from finder.app import create_app
from finder.config import PROJECT, Settings
from finder.extensions import db
from tests.applications import close
from tests.databases import migrate
from tests.factories import a_provider
from tests.staff import SECRET_KEY, Clock, an_account, client_of

_LISTENING = re.compile(r"Listening at: http://127\.0\.0\.1:(\d+)")
_COOKIE = "finder"
_FINDER = "from finder.app import main; main()"


@dataclass(frozen=True)
class Site:
    """A folder with an instance, its database with a few listings, and an administrator who is signed in."""

    folder: Path
    database_url: str
    listings: tuple[int, ...]
    cookie: str
    token: str
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """What a process of this installation is told."""
        return {
            **os.environ,
            "FINDER_DATABASE_URL": self.database_url,
            "FINDER_INSTANCE_FOLDER": str(self.folder),
            "FINDER_SECRET_KEY": SECRET_KEY,
            "FINDER_RESERVE": "true",  # as an operator has it; tests, which call this too, turn it off
            "PORT": "0",
            # All of the people come from this machine, who outside come from many.
            "FINDER_SEARCHES_PER_MINUTE": "0",
            **self.settings,
        }

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """The command ``finder`` with these arguments, in this folder; what it says is not kept."""
        return subprocess.Popen(
            [sys.executable, "-c", _FINDER, *arguments],
            cwd=self.folder,
            env=self.environment | {"PYTHONPATH": str(PROJECT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    @contextmanager
    def served(self, *before: str) -> Iterator["Server"]:
        """The service with the settings of ``deploy/``; ``before`` is a command that starts the server's."""
        server = Server(self, before)
        try:
            yield server
        finally:
            server.kill()


class Server:
    """A running gunicorn and all its processes, which can be killed at once."""

    def __init__(self, site: Site, before: tuple[str, ...]) -> None:
        self._site = site
        gunicorn = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "finder.app:create_app()"]
        self._process = subprocess.Popen(
            [*before, *gunicorn],
            cwd=PROJECT,
            env=site.environment,
            text=True,
            stderr=subprocess.PIPE,
            process_group=0,
        )
        self.port = self._listening()
        self._rest = threading.Thread(target=self._read_on, daemon=True)
        self._rest.start()
        self.ask("GET", "/topics")  # answered once the workers are there

    @property
    def group(self) -> int:
        """The number of the group of all its processes."""
        return self._process.pid

    def _listening(self) -> int:
        """The port, once it answers there."""
        said: list[str] = []
        for line in self._process.stderr or ():
            said.append(line)
            if found := _LISTENING.search(line):
                return int(found[1])
        raise RuntimeError("the server did not start: " + "".join(said))

    def _read_on(self) -> None:
        """What is logged later: a server whose log nobody reads stands still."""
        for _line in self._process.stderr or ():
            pass

    def kill(self) -> None:
        """As the kernel kills when memory runs out: at once, and nobody is told."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._rest.join()
        if self._process.stderr:
            self._process.stderr.close()

    def write_note(self, listing: int, text: str) -> int | None:
        """Save a note about a listing as its page does; the answer's status, ``None`` where none came."""
        form = urlencode({"text": text, "csrf_token": self._site.token})
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"{_COOKIE}={self._site.cookie}"}
        return self.ask("POST", f"/admin/listings/{listing}/notes", form, headers | {"Connection": "close"})

    def ask(self, method: str, address: str, body: str = "", headers: dict[str, str] | None = None) -> int | None:
        """The status of an answer that came whole, ``None`` where none did."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, address, body or None, headers or {})
            response = connection.getresponse()
            response.read()
        except (OSError, HTTPException):
            return None
        else:
            return response.status
        finally:
            connection.close()


def new_site(folder: Path, database_url: str = "", *, listings: int = 4) -> Site:
    """An installation in a folder that is empty, on SQLite or on the empty database of the address."""
    url = database_url or f"sqlite:///{folder}/finder.db"
    migrate(url)
    app = create_app(Settings(database_url=url, instance_folder=folder, secret_key=SECRET_KEY, log_level="ERROR"))
    app.extensions["clock"] = Clock(dt.datetime.now(dt.UTC))
    with app.app_context():
        session = db.session()
        ids = tuple(a_provider(session).id for _ in range(listings))
        account = an_account(session)
    client = client_of(app)
    client.sign_in(account)
    token = client.token("/admin/")
    cookie = client.get_cookie(_COOKIE)
    close(app)
    return Site(folder, url, ids, cookie.value if cookie else "", token)
