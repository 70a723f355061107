"""How gunicorn serves finder (https://docs.gunicorn.org/en/stable/settings.html)."""

import gc
import os

from gunicorn.workers.gthread import ThreadWorker

from finder.config import Settings
from finder.ops import metrics_shared
from finder.places import gazetteer

_settings = Settings()
metrics_shared.share(_settings)

bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"

# A thread waits for each slow client; with processes alone, as many slow clients as processes stop the service.
worker_class = "finder.web.server.Worker"
workers = 2
threads = 16

# The most that gunicorn reads: a text of the longest size that is searched for, in a script of four bytes a character.
limit_request_line = 8190

# By default the header SCRIPT_NAME of whoever asks from this machine, so through any proxy, decides where links lead.
forwarder_headers = ""

# Requests carry what people search for: they are never logged.
accesslog = None
logger_class = "finder.web.server.Log"
control_socket_disable = True

# The application and the gazetteer are loaded once, before the workers part, which then share their memory.
preload_app = True


def when_ready(_server: object) -> None:
    """Load the gazetteer's names and spellings now rather than at the first visitor's search; tell the metrics."""
    gazetteer().prepare()
    # What the collector of garbage never looks at again is not copied for each worker: a quarter of all memory.
    gc.collect()
    gc.freeze()
    metrics_shared.tell(_settings)


def child_exit(_server: object, worker: ThreadWorker) -> None:
    """Tell no more how it stands with a worker that has ended."""
    metrics_shared.forget(_settings, worker.pid)


def on_exit(_server: object) -> None:
    """Tell the metrics no more."""
    metrics_shared.end(_settings)
