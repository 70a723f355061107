"""Does the time of an answer tell who has an account? ``python -m benchmarks.enumeration``.

Signs in with a wrong password, by turns for an address that has an account and for one that has none, and asks for
letters for both; prints the medians and how far apart they are. Beside each other in one process, so that whatever else
the machine does happens to both.
"""

import datetime as dt
import statistics
import tempfile
import time
from pathlib import Path

import flask_migrate
from rich.console import Console
from rich.table import Table

from finder.app import create_app
from finder.config import Settings
from finder.extensions import db
from tests.staff import SECRET_KEY, Clock, StaffClient, an_account, client_of

_TRIES = 200
_FORMS = {"/account/sign-in": {"password": "not the password"}, "/account/forgotten-password": {}}


def main() -> None:
    """Print a line for each form."""
    table = Table("form", "with an account, ms", "without, ms", "apart")
    for form, (one, other) in medians().items():
        table.add_row(form, f"{1000 * one:.2f}", f"{1000 * other:.2f}", f"{apart(one, other):.1%}")
    Console().print(table)


def times_apart() -> dict[str, float]:
    """How far apart the two medians of each form are, as a share of the smaller."""
    return {form: apart(*both) for form, both in medians().items()}


def apart(one: float, other: float) -> float:
    """How much more the greater is than the smaller."""
    return abs(one - other) / min(one, other)


def medians() -> dict[str, tuple[float, float]]:
    """The median time of each form's answer in seconds: for an address with an account, and for one without."""
    clock = Clock(dt.datetime.now(dt.UTC))
    with tempfile.TemporaryDirectory() as folder:
        own = {"database_url": f"sqlite:///{folder}/finder.db", "instance_folder": Path(folder)}
        app = create_app(Settings(**own, secret_key=SECRET_KEY, log_level="ERROR"))
        app.extensions["clock"] = clock
        with app.app_context():
            flask_migrate.upgrade()
            known = an_account(db.session()).email
        emails = known, "nobody@county.example"
        seen = {form: _times(client_of(app), clock, form, fields, emails) for form, fields in _FORMS.items()}
    return {form: (statistics.median(one), statistics.median(other)) for form, (one, other) in seen.items()}


def _times(
    client: StaffClient, clock: Clock, form: str, fields: dict[str, str], emails: tuple[str, str]
) -> tuple[list[float], list[float]]:
    """How long each try took, in seconds, for the one address and for the other."""
    times: tuple[list[float], list[float]] = ([], [])
    token = client.token(form)
    for turn in range(_TRIES):
        clock.forward(days=1)  # past every throttle
        for which in (0, 1) if turn % 2 else (1, 0):
            begun = time.perf_counter()
            client.post(form, data={**fields, "email": emails[which], "csrf_token": token}, expect=None)
            times[which].append(time.perf_counter() - begun)
            client.application.extensions["background"].finish()  # what goes on after the answer, its letter
    return times


if __name__ == "__main__":
    main()
