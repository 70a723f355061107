import pytest

from finder.orientation.reading import reading_grade, syllable_count


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("help", 1),
        ("whole", 1),
        ("stopped", 1),
        ("times", 1),
        ("table", 2),
        ("doses", 2),
        ("needed", 2),
        ("being", 2),
        ("people", 2),
        ("seizure", 2),
        ("serious", 3),
        ("naloxone", 3),
        ("don't", 1),
        ("anxiety", 4),
        ("medication", 4),
        ("psychiatric", 4),
        ("residential", 4),
        ("opioid", 3),
        ("benzodiazepine", 6),
    ],
)
def test_syllables_are_counted_as_people_say_them(word: str, syllables: int) -> None:
    assert syllable_count(word) == syllables


def test_the_grade_follows_the_formula_of_flesch_and_kincaid() -> None:
    ten_words_of_one_syllable = "The cat sat down on the mat and then slept."
    assert reading_grade(ten_words_of_one_syllable) == pytest.approx(0.39 * 10 + 11.8 - 15.59)


def test_long_words_in_long_sentences_are_hard_to_read() -> None:
    official = (
        "Individuals experiencing physiological dependence necessitate individualized "
        "pharmacological management under continuous multidisciplinary supervision."
    )
    assert reading_grade(official) > 16
    assert reading_grade("Ask a nurse. She can help you. You can start today.") < 2


def test_each_item_of_a_list_is_read_on_its_own() -> None:
    assert reading_grade("slow breathing\nchest pain\na seizure") == reading_grade(
        "Slow breathing. Chest pain. A seizure."
    )


def test_phone_numbers_do_not_change_the_grade() -> None:
    assert reading_grade("Call 1-800-662-4357 now.") == reading_grade("Call now.")


def test_a_text_without_words_has_no_grade() -> None:
    with pytest.raises(ValueError, match="no words"):
        reading_grade("988, 911.")
