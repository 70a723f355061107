"""Where a BMLT server answers, from its root address."""

from urllib.parse import urlsplit, urlunsplit

_INTERFACE = "client_interface/json/"


def bmlt_addresses(root: str) -> tuple[str, str, str]:
    """The addresses of the meetings, formats and service bodies of the server whose root address this is.

    A query narrows the meetings: ``https://bmlt.example/main_server/?services=3&recursive=1``.
    """
    parts = urlsplit(root)
    folder = parts.path.partition("client_interface")[0].rstrip("/")

    def ask(switcher: str, narrowed: str = "") -> str:
        query = "&".join(filter(None, (f"switcher={switcher}", narrowed)))
        return urlunsplit((parts.scheme, parts.netloc, f"{folder}/{_INTERFACE}", query, ""))

    return ask("GetSearchResults", _without_switcher(parts.query)), ask("GetFormats"), ask("GetServiceBodies")


def _without_switcher(query: str) -> str:
    return "&".join(part for part in query.split("&") if part and not part.startswith("switcher="))
