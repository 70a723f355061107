"""The BMLT server as a program meets it."""

from typing import Any
from urllib.parse import urlencode

import orjson

from tests.hsds import ApiClient


class BmltClient:
    """A program that knows a root server: ``client.data("GetFormats", lang_enum="es")``."""

    def __init__(self, api: ApiClient, root: str = "") -> None:
        self._api = api
        self._root = root

    def address(self, switcher: str, form: str = "json", **asked: Any) -> str:
        """The address at which this is asked; a list becomes ``name[]`` several times."""
        pairs = [
            (name if each is value else f"{name}[]", each)
            for name, value in asked.items()
            for each in (value if isinstance(value, list) else [value])
        ]
        return f"{self._root}/client_interface/{form}/?{urlencode([('switcher', switcher), *pairs])}"

    def bytes(self, switcher: str) -> bytes:
        """The answer as it comes."""
        return self._api.get(self.address(switcher)).get_data()

    def data(self, switcher: str, expect: int = 200, **asked: Any) -> Any:
        """What is answered."""
        return orjson.loads(self._api.get(self.address(switcher, **asked), expect=expect).get_data())

    def meetings(self, **asked: Any) -> list[dict[str, str]]:
        """The meetings that are found."""
        found: list[dict[str, str]] = self.data("GetSearchResults", **asked)
        return found

    def names(self, **asked: Any) -> list[str]:
        """Their names, in order."""
        return [meeting["meeting_name"] for meeting in self.meetings(**asked)]
