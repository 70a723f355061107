"""SAMHSA's two directories in one database."""

import pytest
from sqlalchemy.orm import Session

from finder.importing import ImportReport, UnreadableFile, Upload, import_file
from finder.importing.recipes import import_of
from finder.importing.samhsa import SOURCE_KEY
from finder.importing.samhsa_directory import MENTAL_HEALTH_KEY
from finder.importing.sources import samhsa_source
from finder.listings.stored import load_stored
from tests.factories import A_CHANGE, NOW
from tests.imports import in_silence
from tests.samples.workbooks import a_facility, facilities, upload

_HARBOR = a_facility(service_code_info="SA DT")
_HARBOR_MH = a_facility(service_code_info="MH SA SUMH * OP * MC", intake1="312-555-0105")
_RIVER_MH = a_facility(name1="River House", street1="9 River Road", phone="312-555-0109", service_code_info="MH SA OP")
_MIND_MH = a_facility(name1="Mind House", street1="7 Mind Road", phone="312-555-0107", service_code_info="MH OP")


def imported(session: Session, key: str, *files: Upload) -> ImportReport:
    first, *beside = files
    what = import_of(samhsa_source(key), {}, beside=beside, today=NOW.date())
    report = import_file(session, first, what, A_CHANGE, progress=in_silence)
    session.commit()
    return report


def told(session: Session) -> dict[str, tuple[set[str], list[str]]]:
    """The levels of care and phones of each listing, by its name."""
    return {
        each.facts["name"]: (
            {tag.code for tag in each.facts["tags"] if tag.facet == "level_of_care"},
            [phone.national for phone in each.facts["phones"]],
        )
        for each in load_stored(session)
    }


@pytest.mark.parametrize("together", ["together", ""], ids=["together", "one after the other"])
def test_the_mental_health_directory_adds_places_and_takes_nothing_from_the_other(
    session: Session, together: str
) -> None:
    substance_use, mental_health = upload(facilities(_HARBOR)), upload(facilities(_HARBOR_MH, _RIVER_MH, _MIND_MH))

    if together:
        imported(session, SOURCE_KEY, substance_use, mental_health)
    else:
        imported(session, SOURCE_KEY, substance_use)
        imported(session, MENTAL_HEALTH_KEY, mental_health)

    found = told(session)
    assert set(found) == {"Harbor Light Recovery", "River House"}
    levels, phones = found["Harbor Light Recovery"]
    assert levels == {"detox", "outpatient"}
    assert phones == ["312-555-0100", "312-555-0105"]


def test_the_mental_health_directory_is_not_taken_for_the_next_edition_of_the_other(session: Session) -> None:
    imported(session, SOURCE_KEY, upload(facilities(_HARBOR)))
    before = told(session)
    session.rollback()

    with pytest.raises(UnreadableFile, match="mental health facilities alone"):
        imported(session, SOURCE_KEY, upload(facilities(_HARBOR_MH, _MIND_MH)))
    session.rollback()

    assert told(session) == before
