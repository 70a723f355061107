import pytest

from finder.orientation.content import UnknownLanguageError
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


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("y", 1),
        ("yo", 1),
        ("muy", 1),
        ("hoy", 1),
        ("bien", 1),
        ("ayuda", 3),
        ("reyes", 2),
        ("día", 2),
        ("diario", 2),
        ("país", 2),
        ("baúl", 2),
        ("reúne", 3),
        ("ciudad", 2),
        ("cuidado", 3),
        ("cambiáis", 2),
        ("leer", 2),
        ("aéreo", 4),
        ("línea", 3),
        ("queso", 2),
        ("quién", 1),
        ("guerra", 2),
        ("seguía", 3),
        ("pingüino", 3),
        ("agua", 2),
        ("ahora", 3),
        ("alcohol", 3),
        ("prohibido", 3),
        ("noche", 2),
        ("opioides", 3),
        ("abstinencia", 4),
        ("desintoxicación", 6),
        ("benzodiacepinas", 6),
        ("SÍ", 1),
        ("VIH", 1),
    ],
)
def test_syllables_of_spanish_words_are_counted_as_people_say_them(word: str, syllables: int) -> None:
    assert syllable_count(word, "es") == syllables


def test_the_grade_follows_the_formula_of_flesch_and_kincaid() -> None:
    ten_words_of_one_syllable = "The cat sat down on the mat and then slept."
    assert reading_grade(ten_words_of_one_syllable) == pytest.approx(0.39 * 10 + 11.8 - 15.59)


def test_the_grade_of_a_spanish_text_follows_the_formula_of_crawford() -> None:
    ten_words_of_sixteen_syllables = "La casa es de mi abuela. Ella vive en ella."
    assert reading_grade(ten_words_of_sixteen_syllables, "es") == pytest.approx(-0.205 * 20 + 0.049 * 160 - 3.407)


def test_long_words_in_long_sentences_are_hard_to_read() -> None:
    official = (
        "Individuals experiencing physiological dependence necessitate individualized "
        "pharmacological management under continuous multidisciplinary supervision."
    )
    assert reading_grade(official) > 16
    assert reading_grade("Ask a nurse. She can help you. You can start today.") < 2


def test_long_words_in_long_sentences_are_hard_to_read_in_spanish() -> None:
    official = (
        "Las personas que experimentan dependencia fisiológica necesitan administración farmacológica "
        "individualizada bajo supervisión multidisciplinaria ininterrumpida."
    )
    assert reading_grade(official, "es") > 10
    assert reading_grade("Hable con un médico. Le puede ayudar. Puede empezar hoy.", "es") < 3


def test_each_item_of_a_list_is_read_on_its_own() -> None:
    assert reading_grade("slow breathing\nchest pain\na seizure") == reading_grade(
        "Slow breathing. Chest pain. A seizure."
    )


def test_phone_numbers_do_not_change_the_grade() -> None:
    assert reading_grade("Call 1-800-662-4357 now.") == reading_grade("Call now.")


def test_a_language_without_a_measure_is_a_clear_error() -> None:
    with pytest.raises(UnknownLanguageError, match="'tlh'; languages: en, es"):
        reading_grade("Qapla'", "tlh")


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_text_without_words_has_no_grade(language: str) -> None:
    with pytest.raises(ValueError, match="no words"):
        reading_grade("988, 911.", language)
