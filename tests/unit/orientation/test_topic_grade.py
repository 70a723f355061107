from dataclasses import replace

import pytest

from finder.orientation.reading import PLAIN_GRADE, reading_grade
from finder.orientation.topic_grade import topic_grade
from finder.orientation.topics import Topic, load_topics

BLANK = replace(load_topics("en")[0], title="Rest", summary="Why rest helps.")


@pytest.mark.parametrize(
    "topic", [*load_topics("en"), *load_topics("es")], ids=lambda topic: topic.language + topic.slug
)
def test_every_topic_can_be_read_after_eight_years_of_school(topic: Topic) -> None:
    assert 1 < topic_grade(topic) <= PLAIN_GRADE


def test_an_item_of_a_list_and_a_cell_of_a_table_end_a_sentence_as_a_paragraph_does() -> None:
    lines = "Rest\nWhy rest helps.\nSleep\nEat & drink well\nGo for a walk\nCall a friend"
    items = "<ul><li>Eat &amp; drink well</li><li>Go for\na walk</li></ul>"
    html = f"<h2>Sleep</h2>{items}<table><tr><td>Call a friend</td></tr></table>"
    assert topic_grade(replace(BLANK, body_html=html)) == reading_grade(lines)


def test_long_words_in_long_sentences_are_told_to_be_hard() -> None:
    html = "<p>Comprehensive multidisciplinary rehabilitation necessitates pharmacological stabilization.</p>"
    assert topic_grade(replace(BLANK, body_html=html)) > PLAIN_GRADE
