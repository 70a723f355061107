"""What to ask on the call, from the topic "The first call", as it fits the help that a place gives."""

from collections.abc import Iterable, Mapping

from finder.domain.vocabulary import LEVEL_OF_CARE, Term, vocabulary
from finder.web.languages import lazy_gettext

_START = lazy_gettext("Do you take new people? When could I start?")
_WAIT = lazy_gettext("If there is a wait, what do I do until then?")
_COST = lazy_gettext("Do you take my insurance or Medicaid? What would I pay myself?")
_LICENSE = lazy_gettext("Are you licensed by the state? Are you accredited, and by whom?")
_ASSESSMENT = lazy_gettext("Who does a full assessment, and when? Does it cover my health and my mind?")
_MEDICINE = lazy_gettext("Do you offer medicine for alcohol or opioids? Can I stay on what I take now?")
_WITHDRAWAL = lazy_gettext(
    "Can you keep me safe if I take alcohol or benzodiazepines most days? Is a nurse there at night?"
)
_THERAPY = lazy_gettext("Which therapies do you use? How often would I see a counselor?")
_FAMILY = lazy_gettext("Can people close to me take part?")
_RELAPSE = lazy_gettext("What happens if I use again?")
_AFTER = lazy_gettext("What comes next when I finish?")
_STILL_MEETS = lazy_gettext("Do you still meet at this day and time?")
_WHO_MAY_COME = lazy_gettext("Who may come? Can I bring someone with me?")
_FREE = lazy_gettext("Is it free?")

_BY_LEVEL: Mapping[str, tuple[lazy_gettext, ...]] = {
    "detox": (_START, _WITHDRAWAL, _COST, _WAIT, _MEDICINE, _AFTER, _LICENSE),
    "inpatient": (_START, _COST, _ASSESSMENT, _WAIT, _MEDICINE, _THERAPY, _FAMILY, _AFTER, _LICENSE),
    "outpatient": (_START, _COST, _MEDICINE, _WAIT, _ASSESSMENT, _THERAPY, _RELAPSE, _LICENSE),
    "support_group": (_STILL_MEETS, _WHO_MAY_COME, _FREE),
}
_WHERE_NO_LEVEL_IS_KNOWN = (_START, _COST, _LICENSE)


def questions(levels: Iterable[Term]) -> tuple[str, ...]:
    """What to ask a place that gives help at these levels of care, the most pressing first.

    Where it gives treatment, what to ask a support group is left out.
    """
    has = {str(level.code) for level in levels}
    in_order = [level.code for level in vocabulary().facet(LEVEL_OF_CARE).terms if level.code in has]
    first = _BY_LEVEL[in_order[0]] if in_order else _WHERE_NO_LEVEL_IS_KNOWN
    others = (question for level in in_order[1:] if level != "support_group" for question in _BY_LEVEL[level])
    return tuple(str(question) for question in dict.fromkeys((*first, *others)))
