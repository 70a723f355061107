"""Proof by construction that the gazetteer asks no other machine anything."""

from typing import Any, NoReturn

from geopy.adapters import BaseSyncAdapter
from geopy.exc import GeocoderUnavailable


class Offline(BaseSyncAdapter):  # type: ignore[misc]  # geopy ships no types
    """The adapter geopy wants for its requests. It refuses them all."""

    def get_json(self, url: str, *, timeout: Any, headers: Any) -> NoReturn:  # noqa: ARG002 - geopy's interface
        """Raise ``GeocoderUnavailable``."""
        raise GeocoderUnavailable("the gazetteer is offline")

    def get_text(self, url: str, *, timeout: Any, headers: Any) -> NoReturn:  # noqa: ARG002 - geopy's interface
        """Raise ``GeocoderUnavailable``."""
        raise GeocoderUnavailable("the gazetteer is offline")
