"""A booklet of our meetings, as an intergroup prints it: made by pdf12step, the program of another project."""

import datetime as dt
import subprocess
import sys
from pathlib import Path

import html5lib
import orjson
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from finder.domain.schedule import Schedule, ScheduleKind
from tests.databases import SqliteDatabases
from tests.factories import a_provider, tags
from tests.service import Service, running

LINK = "https://conference.example/j/1"
SEVEN = Schedule(0, dt.time(19), dt.time(20), ScheduleKind.MEETING)
ONLINE = Schedule(2, dt.time(7, 30), None, ScheduleKind.MEETING, "", LINK, "+13125550142,,86752#")


def a_directory(url: str) -> None:
    """A group that meets in a church on Monday and a group that meets online on Wednesday, and one of NA."""
    engine = create_engine(url)
    with Session(engine) as session:
        aa = tags("fellowship:aa", "meeting_type:open", "accessibility:wheelchair", "attendance:in_person")
        a_provider(session, name="Harbor Group", address_2="Harbor Church", schedules=(SEVEN,), tags=aa)
        remote = tags("fellowship:aa", "meeting_type:women", "attendance:online")
        a_provider(session, name="Early Birds", address_1="", address_2="", schedules=(ONLINE,), tags=remote)
        a_provider(session, name="Just One Day", schedules=(SEVEN,), tags=tags("fellowship:na"))
        session.commit()
    engine.dispose()


def booklet(service: Service, folder: Path) -> list[str]:
    """The texts of the booklet that pdf12step makes of our meetings of AA, which it fetches itself."""
    root = f"http://127.0.0.1:{service.port}"
    settings = {"site_url": root, "api_url": f"{root}/meetings.json?fellowship=aa", "author": "Lakeview Intergroup"}
    config, made = folder / "config.yaml", folder / "booklet.html"
    config.write_bytes(orjson.dumps(settings))  # JSON is YAML
    program = [str(Path(sys.executable).with_name("12step")), "--config", str(config), "--data-dir", str(folder)]
    command = [*program, "--asset-dir", str(folder / "assets"), "html", "--download", "--output", str(made)]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 0, ran.stderr
    root_element = html5lib.parse(made.read_bytes(), namespaceHTMLElements=False)
    return [text.strip() for text in root_element.find("body").itertext() if text.strip()]


def test_pdf12step_prints_our_meetings(sqlite_databases: SqliteDatabases, tmp_path: Path) -> None:
    with sqlite_databases.migrated() as url:
        a_directory(url)
        with running(url) as service:
            texts = booklet(service, tmp_path)

    for said in ("Harbor Group", "7:00 PM", "Harbor Church", "Early Birds", "7:30 AM", "Monday", "Wednesday"):
        assert said in texts, said
    assert "Wheelchair Access" in " ".join(texts)
    assert "Just One Day" not in texts
