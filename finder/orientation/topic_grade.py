"""How hard a whole topic page is to read."""

from html.parser import HTMLParser

from finder.orientation.reading import reading_grade
from finder.orientation.topics import Topic

_LINES = frozenset({"h2", "h3", "h4", "p", "li", "td", "th"})
"""Elements whose end also ends a line."""


def topic_grade(topic: Topic) -> float:
    """The U.S. school grade that can read the topic, its title and summary included."""
    reader = _Reader()
    reader.feed(topic.body_html)
    reader.close()
    return reading_grade("\n".join((topic.title, topic.summary, reader.text)), topic.language)


class _Reader(HTMLParser):
    """The words of a page, each heading, paragraph, item and cell on a line of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def handle_endtag(self, tag: str) -> None:
        if tag in _LINES:
            self.text += "\n"

    def handle_data(self, data: str) -> None:
        self.text += data.replace("\n", " ")
