"""Whatever an import can be or count has words."""

from finder.domain.importing import JobState
from finder.importing import ImportReport
from finder.web.admin.import_words import JOB_STATES, NOTES, ROWS


def test_every_figure_of_a_report_has_its_words() -> None:
    assert {*ROWS, *NOTES} == set(ImportReport().counts())


def test_every_state_of_an_import_has_its_words() -> None:
    assert set(JOB_STATES) == set(JobState)
