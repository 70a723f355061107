"""The application as tests make it, a new one each time."""

from collections.abc import Callable
from types import CodeType
from typing import Any, ClassVar

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.routing import Rule

from finder.app import create_app
from finder.config import Settings
from finder.extensions import db
from finder.web.background import Background


class _Compiled(BytecodeCache):
    """Templates compiled once for all applications of a test process: a quarter of the time of tests of pages."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what was compiled before from the same text."""
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        assert bucket.code
        self._kept[bucket.key, bucket.checksum] = bucket.code


_compiled = _Compiled()


class _Route(Rule):
    """Compiled once for all applications of a test process: four fifths of what making one takes."""

    _builders: ClassVar[dict[tuple[Any, ...], Callable[..., tuple[str, str]]]] = {}

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:  # noqa: FBT001, FBT002 (werkzeug's signature)
        made_of = (tuple(self._trace), tuple((self.defaults or {}).items()), append_unknown)
        if made_of not in self._builders:
            self._builders[made_of] = super()._compile_builder(append_unknown)
        return self._builders[made_of]


Flask.url_rule_class = _Route


def an_app(settings: Settings) -> Flask:
    """The application with these settings, as `create_app` makes it. Who makes it closes its connections."""
    app = create_app(settings)
    app.jinja_env.bytecode_cache = _compiled
    return app


def close(app: Flask) -> None:
    """Let what it does after its answers end, and close its connections."""
    background: Background = app.extensions["background"]
    background.finish()
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()
