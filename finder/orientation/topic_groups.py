"""The topics in groups, as somebody looks for them who has not read any."""

from dataclasses import dataclass
from functools import cache

from finder.orientation.topics import Topic, load_topics

GROUPS = (
    (
        {"en": "Substances", "es": "Sustancias"},
        ("benzodiazepines", "alcohol", "opioids", "stimulants", "several-or-not-sure"),
    ),
    ({"en": "Care", "es": "La atención"}, ("kinds-of-care", "therapies")),
    ({"en": "Getting help", "es": "Cómo recibir ayuda"}, ("steps-to-help", "the-call", "helping-someone-else")),
    (
        {"en": "Safety and rights", "es": "Seguridad y derechos"},
        ("warning-signs", "paying-and-rights", "safe-use-and-storage", "your-privacy"),
    ),
)
"""The title of each group by language, and the slugs of its topics."""


@dataclass(frozen=True, slots=True)
class TopicGroup:
    """Topics that belong together, under a title in their language."""

    title: str
    topics: tuple[Topic, ...]


@cache
def topic_groups(language: str = "en") -> tuple[TopicGroup, ...]:
    """Every topic once. Raises as `load_topics`."""
    topics = {topic.slug: topic for topic in load_topics(language)}
    return tuple(TopicGroup(titles[language], tuple(topics[slug] for slug in slugs)) for titles, slugs in GROUPS)
