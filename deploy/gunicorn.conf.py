"""How gunicorn serves finder (https://docs.gunicorn.org/en/stable/settings.html)."""

import os

bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"

# A thread waits for each slow client; with processes alone, as many slow clients as processes stop the service.
worker_class = "finder.web.server.Worker"
workers = 2
threads = 16

# Requests carry what people search for: they are never logged.
accesslog = None
control_socket_disable = True
