"""The style sheet and the icon, built by ``npm run build``, served by WhiteNoise under the names of the build."""

import json
from collections.abc import Callable
from pathlib import Path
from wsgiref.headers import Headers

from flask import Flask
from whitenoise import WhiteNoise

from finder.web.headers import of_files

BUILT = Path(__file__).parents[1] / "static" / "build"
_PREFIX = "/static/"


def init_app(app: Flask) -> None:
    """Serve what was built and give templates ``asset(name)``.

    Raises ``FileNotFoundError`` with the mend where the build has not run.
    """
    manifest = BUILT / "manifest.json"
    if not manifest.is_file():
        raise FileNotFoundError(f"{manifest} is missing: run `make setup`, which builds the style sheet")
    addresses = {name: _PREFIX + built for name, built in json.loads(manifest.read_text()).items()}
    app.jinja_env.globals["asset"] = addresses.__getitem__
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign] # wrapping wsgi_app is Flask's documented way
        app.wsgi_app,
        root=BUILT,
        prefix=_PREFIX,
        max_age=None,
        allow_all_origins=False,
        # The build puts a digest of the content in each name: what has the name never changes.
        immutable_file_test=lambda _path, url: url in addresses.values(),
        add_headers_function=_harden(of_files(app)),
    )


def built_file(name: str) -> Path:
    """The file that the build made of a plain name ("states.json")."""
    built: str = json.loads((BUILT / "manifest.json").read_text())[name]
    return BUILT / built


def _harden(added: dict[str, str]) -> Callable[[Headers, str, str], None]:
    def harden(headers: Headers, _path: str, _url: str) -> None:
        for name, value in added.items():
            headers[name] = value

    return harden
