"""One HTTP connection to a server of ours, kept between questions."""

import http.client

_OK = 200


class KeptConnection:
    """Opened anew when the server has closed it, as some do after seconds without a request."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port)

    def get(self, path: str) -> bytes:
        """The body at a path. Raises ``ValueError`` for any answer but 200."""
        try:
            status, body = self._asked(path)
        except (http.client.RemoteDisconnected, ConnectionError):
            self._connection.close()
            status, body = self._asked(path)
        if status != _OK:
            raise ValueError(f"{status} for {path[:200]}: {body[:500]!r}")
        return body

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def _asked(self, path: str) -> tuple[int, bytes]:
        self._connection.request("GET", path)
        response = self._connection.getresponse()
        return response.status, response.read()
