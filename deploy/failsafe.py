"""Write ``failsafe.html``, which nginx shows while finder doesn't answer: ``python deploy/failsafe.py``.

The numbers and their words are those of the site. To be run after each change of ``seeds/helplines.toml``.
"""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from finder.orientation.first_screen import load_first_screen
from finder.orientation.helplines import load_helplines

HERE = Path(__file__).parent
PAGE = HERE / "failsafe.html"


def failsafe() -> str:
    """The page, in English and Spanish."""
    templates = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, trim_blocks=True, keep_trailing_newline=True
    )
    said = {
        code: {"helplines": load_helplines(language=code), "screen": load_first_screen(code)} for code in ("en", "es")
    }
    return templates.get_template("failsafe.jinja").render(said)


if __name__ == "__main__":
    PAGE.write_text(failsafe(), encoding="utf-8")
