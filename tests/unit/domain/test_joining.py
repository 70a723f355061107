"""What one dials to join a meeting, as people write it."""

import pytest

from finder.domain.joining import read_dial


@pytest.mark.parametrize(
    ("text", "number", "then"),
    [
        ("+13125550142", "+13125550142", ""),
        ("+13125550142,,86752345233#,,,,*1234#", "+13125550142", "86752345233#, *1234#"),
        ("Dial 1 (312) 555-0142 access code 123#", "+13125550142", "Dial access code 123#"),
        ("312-555-0142 x 86752", "+13125550142", "86752"),
        ("312-555-0142 or 415-555-0111", "+13125550142", "or 415-555-0111"),
        ("+44 20 7946 0958,,33#", "+442079460958", "33#"),
        ("555-0142, pin 3", None, "555-0142, pin 3"),  # from which area?
        ("meeting 867 5234 5233", None, "meeting 867 5234 5233"),
        ("", None, ""),
    ],
)
def test_the_first_number_that_can_be_dialed_from_everywhere_is_told_and_what_to_enter_then(
    text: str, number: str | None, then: str
) -> None:
    dial = read_dial(text)

    assert (dial.phone and dial.phone.number, dial.then) == (number, then)
