"""What the pages about reports say: problems, states, steps, and what checks came to."""

from finder.domain.problem import Problem, ReportState, Step
from finder.domain.review import CheckResult
from finder.web.languages import lazy_gettext

PROBLEMS = {
    Problem.PHONE: lazy_gettext("Phone number wrong"),
    Problem.MOVED: lazy_gettext("Has moved"),
    Problem.CLOSED: lazy_gettext("Has closed"),
    Problem.HOURS: lazy_gettext("Days or times wrong"),
    Problem.SERVICES: lazy_gettext("Services not offered"),
    Problem.BROKERING: lazy_gettext("Asked for money, or offered gifts"),
    Problem.OTHER: lazy_gettext("Something else"),
}
STATES = {
    ReportState.OPEN: lazy_gettext("Open"),
    ReportState.IN_REVIEW: lazy_gettext("In review"),
    ReportState.RESOLVED: lazy_gettext("Resolved"),
    ReportState.REJECTED: lazy_gettext("Rejected"),
}
STEPS = {
    Step.ASSIGNED: lazy_gettext("Given to"),
    Step.PUT_BACK: lazy_gettext("Put back"),
    Step.RESOLVED: lazy_gettext("Resolved"),
    Step.REJECTED: lazy_gettext("Rejected"),
    Step.REOPENED: lazy_gettext("Opened again"),
    Step.ANSWERED: lazy_gettext("Wrote to the sender"),
}
RESULTS = {
    CheckResult.CONFIRMED: lazy_gettext("true"),
    CheckResult.CORRECTED: lazy_gettext("corrected"),
    CheckResult.COULD_NOT_REACH: lazy_gettext("nobody reached"),
}
