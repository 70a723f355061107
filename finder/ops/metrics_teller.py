"""The process that tells what a server's processes have counted, and how it stands with the database and the jobs.

``python -m finder.ops.metrics_teller FOLDER``; `finder.ops.metrics_shared` starts it. It has a port of its own, so that
nothing it tells can be asked of the site.
"""

import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator, Mapping

import structlog
from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from sqlalchemy import Engine, create_engine, func, select
from sqlalchemy.exc import SQLAlchemyError

from finder.config import Settings
from finder.domain.importing import JobState
from finder.models import ImportJob
from finder.models.connection import engine_options
from finder.models.patience import patience
from finder.ops import logs
from finder.ops.alive import last_alive

log = structlog.get_logger()

_TRY_AGAIN_SECONDS = 2


class Around(Collector):
    """What no process of the server counts, looked up when it is asked for."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self._engine = engine
        self._settings = settings

    def collect(self) -> Iterator[Metric]:
        """Whether the database answers, the imports by state where it does, and when they were last looked for."""
        jobs = self._jobs()
        yield GaugeMetricFamily("finder_database_up", "Whether the database answers.", value=jobs is not None)
        if jobs is not None:
            yield _by_state(jobs)
        if looked := last_alive(self._settings.instance_folder):
            told = "When `finder jobs` last looked for work."
            yield GaugeMetricFamily("finder_jobs_looked_timestamp_seconds", told, value=looked.timestamp())

    def _jobs(self) -> Mapping[JobState, int] | None:
        """How many imports are in each state, or ``None`` while the database doesn't answer."""
        counted = select(ImportJob.state, func.count().label("jobs")).group_by(ImportJob.state)
        try:
            with patience(self._settings.database_patience_seconds), self._engine.connect() as connection:
                return {job.state: job.jobs for job in connection.execute(counted)}
        except SQLAlchemyError:
            return None


def _by_state(jobs: Mapping[JobState, int]) -> Metric:
    family = GaugeMetricFamily("finder_import_jobs", "Imports of the last 30 days, by state.", labels=["state"])
    for state in JobState:
        family.add_metric([state.value], jobs.get(state, 0))
    return family


def main() -> None:
    """Tell until standard input ends, as it does with the server."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C ends the server, and by that this
    settings, registry = Settings(), CollectorRegistry()
    logs.configure(settings.log_level)
    MultiProcessCollector(registry, path=sys.argv[1])  # type: ignore[no-untyped-call] # it has no types
    engine = create_engine(settings.database_url, **engine_options(settings.database_url))
    registry.register(Around(engine, settings))
    threading.Thread(target=_tell, args=(settings, registry), daemon=True).start()
    sys.stdin.buffer.read()
    shutil.rmtree(sys.argv[1], ignore_errors=True)  # what a server that was killed leaves behind


def _tell(settings: Settings, registry: CollectorRegistry) -> None:
    """Wait for the port while another has it, as the server before this one may for a moment."""
    while True:
        try:
            start_http_server(settings.metrics_port, settings.metrics_host, registry)
        except OSError as error:
            log.warning("metrics_port_taken", port=settings.metrics_port, kind=type(error).__name__)
            time.sleep(_TRY_AGAIN_SECONDS)
        else:
            log.info("metrics_told", host=settings.metrics_host, port=settings.metrics_port)
            return


if __name__ == "__main__":
    main()
