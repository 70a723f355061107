import pytest

from finder.orientation.content import UnknownLanguageError
from finder.orientation.topic_groups import topic_groups
from finder.orientation.topics import READING_ORDER, load_topics


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_topic_stands_in_one_group_in_reading_order(language: str) -> None:
    grouped = [topic for group in topic_groups(language) for topic in group.topics]
    assert sorted(grouped, key=load_topics(language).index) == list(load_topics(language))
    for group in topic_groups(language):
        places = [READING_ORDER.index(topic.slug) for topic in group.topics]
        assert places == sorted(places)


def test_groups_are_called_in_the_language_of_their_topics() -> None:
    english, spanish = topic_groups("en"), topic_groups("es")
    assert [group.title for group in english] == ["Substances", "Care", "Getting help", "Safety and rights"]
    assert not {group.title for group in spanish} & {group.title for group in english}


def test_a_language_that_nobody_has_written_is_a_clear_error() -> None:
    with pytest.raises(UnknownLanguageError, match="'tlh'"):
        topic_groups("tlh")
