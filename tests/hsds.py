"""The interface for other programs as one of them meets it, and the official schemas of what it answers."""

import gzip
import io
import json
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from werkzeug.test import TestResponse

_SCHEMAS = Path(__file__).parent / "samples" / "hsds-3.1"
_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class ApiClient(FlaskClient):
    """A program of another site: ``api.data(address)`` is an answer's data, its status and headers as they must be."""

    def open(self, *args: Any, expect: int = 200, **options: Any) -> TestResponse:
        # Read to its end: an answer that is sent bit by bit holds a connection until then.
        response = super().open(*args, **{"buffered": True} | options)
        assert response.status_code == expect, f"{response.request.path}: {response.status}"
        assert {name: response.headers.get(name) for name in _HEADERS} == _HEADERS
        assert "Set-Cookie" not in response.headers
        if expect >= 400:
            assert response.mimetype == "application/problem+json"
        return response

    def data(self, address: str, expect: int = 200) -> Any:
        """The data of an answer."""
        return orjson.loads(self.get(f"/hsds{address}", expect=expect).get_data())

    def lines(self, address: str) -> list[Any]:
        """The entries of a list, as they come one a line."""
        answer = self.get(f"/hsds{address}", query_string={"format": "ndjson"} if "?" not in address else None)
        assert answer.mimetype == "application/x-ndjson"
        return [orjson.loads(line) for line in answer.get_data().splitlines()]

    def tables(self) -> dict[str, str]:
        """What the data package holds, by the names of its files."""
        answer = self.get("/hsds/datapackage.zip")
        assert answer.mimetype == "application/zip"
        with zipfile.ZipFile(io.BytesIO(answer.get_data())) as archive:
            return {name: archive.read(name).decode() for name in archive.namelist()}

    def ids(self, address: str) -> list[str]:
        """The ids on a page of a list."""
        return [entry["id"] for entry in self.data(address)["contents"]]


@cache
def official(name: str) -> Draft202012Validator:
    """Validates by the official schema of this name."""
    registry: Registry[Any] = Registry().with_resources(
        [(f"{each}.json", Resource.opaque(_read(each))) for each in ("taxonomy", "metadata")]
    )
    return Draft202012Validator(_read(name), registry=registry, format_checker=FormatChecker())


def _read(name: str) -> Any:
    packed = _SCHEMAS / f"{name}.json.gz"
    return json.loads(
        gzip.decompress(packed.read_bytes()) if packed.exists() else (_SCHEMAS / f"{name}.json").read_bytes()
    )
