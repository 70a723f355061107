"""How gunicorn serves finder (https://docs.gunicorn.org/en/stable/settings.html)."""

import os

from finder.places import gazetteer

bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"

# A thread waits for each slow client; with processes alone, as many slow clients as processes stop the service.
worker_class = "finder.web.server.Worker"
workers = 2
threads = 16

# The most that gunicorn reads: a text of the longest size that is searched for, in a script of four bytes a character.
limit_request_line = 8190

# Requests carry what people search for: they are never logged.
accesslog = None
control_socket_disable = True

# The application and the gazetteer are loaded once, before the workers part, which then share their memory.
preload_app = True


def when_ready(_server: object) -> None:
    """Load the gazetteer's names and spellings now rather than at the first visitor's search."""
    gazetteer().prepare()
