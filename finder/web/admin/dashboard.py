"""The directory in figures, for everybody who keeps it true."""

from collections.abc import Mapping, Sequence

from flask import render_template
from flask.typing import ResponseReturnValue

from finder.domain.account import Action
from finder.domain.vocabulary import LEVEL_OF_CARE, Code
from finder.extensions import db
from finder.importing.overview import OLD_DAYS, how_many_undecided, sources_overview
from finder.listings.import_conflicts import how_many_open
from finder.listings.overview import (
    OLDEST_DAYS,
    GroupShare,
    Published,
    Week,
    ages,
    ids_within,
    overdue_shares,
    published,
    waiting_counts,
    weeks_of_reports,
)
from finder.places.states import STATES
from finder.web.admin import blueprint
from finder.web.admin.charge import where_i_may
from finder.web.admin.facts import FIELD_GROUPS
from finder.web.admin.helplines import how_many_are_due
from finder.web.admin.plots import BarPlot, ColumnPlot, Table, bars, columns, percent, whole
from finder.web.directory import current_directory
from finder.web.guard import for_who_may, i_may
from finder.web.languages import gettext, language
from finder.web.security import now
from finder.web.wording import words

_STATES_DRAWN = 12


@blueprint.get("/dashboard")
@for_who_may(Action.VIEW)
def dashboard() -> ResponseReturnValue:
    """What is published where, how fresh it is, what people report, how imports go."""
    session, today, scope = db.session(), now().date(), where_i_may(Action.VIEW)
    snapshot, ids = current_directory().refresh(), ids_within(session, scope)
    public = published(snapshot, ids)
    return render_template(
        "admin/dashboard.html",
        total=public.total,
        waiting=waiting_counts(session, scope),
        levels=_levels_plot(public),
        states=_states_plot(public),
        ages=_ages_plot(ages(snapshot, today, ids)),
        overdue=_overdue_plot(overdue_shares(session, today, scope)),
        reports=_reports_plot(weeks_of_reports(session, today, scope)),
        sources=[each for each in sources_overview(session) if not each.source.fictional],
        conflicts=how_many_open(session, scope),
        undecided=how_many_undecided(session) if i_may(Action.IMPORT) else 0,
        today=today,
        may_import=i_may(Action.IMPORT),
        old_days=OLD_DAYS,
        is_all=scope is None,
        words_due=how_many_are_due(today) if i_may(Action.SETTINGS) else 0,
    )


def _level_labels() -> Mapping[Code, str]:
    return {term.code: term.label(language()) for term in words().facet(LEVEL_OF_CARE).terms}


def _levels_plot(public: Published) -> BarPlot:
    labels = _level_labels()
    figures = [(labels[level], count) for level, count in public.levels.items()]
    return BarPlot(
        name="levels",
        title=gettext("Published listings by kind of help"),
        told=gettext("A place that gives several kinds of help is counted with each."),
        bars=bars(figures, shown=whole) if public.total else [],
        table=Table(
            (gettext("Kind of help"), gettext("Listings")), [(label, whole(count)) for label, count in figures]
        ),
    )


def _states_plot(public: Published) -> BarPlot:
    labels = _level_labels()
    ranked = sorted(public.states.items(), key=lambda each: (-each[1][0], each[0]))
    rows = [
        (STATES[state], whole(total), *(whole(levels[level]) for level in labels)) for state, (total, levels) in ranked
    ]
    return BarPlot(
        name="states",
        title=gettext("Published listings by state"),
        told=gettext("The states with most listings. The table has all of them, by kind of help."),
        bars=bars([(STATES[state], total) for state, (total, _) in ranked[:_STATES_DRAWN]], shown=whole),
        table=Table((gettext("State"), gettext("Listings"), *labels.values()), rows),
    )


def _ages_plot(counts: Sequence[int]) -> BarPlot:
    within = [gettext("up to %(days)s days", days=days) for days in OLDEST_DAYS]
    labels = [*within, gettext("longer ago"), gettext("never checked")]
    figures = list(zip(labels, counts, strict=True))
    return BarPlot(
        name="ages",
        title=gettext("When listings were last checked"),
        told=gettext("Counted by the oldest check of what nobody gets there without: phone, address and services."),
        bars=bars(figures, shown=whole) if any(counts) else [],
        table=Table((gettext("Last check"), gettext("Listings")), [(label, whole(count)) for label, count in figures]),
    )


def _overdue_plot(shares: Sequence[GroupShare]) -> BarPlot:
    figures = [(str(FIELD_GROUPS[each.group]), each.overdue / each.listings) for each in shares]
    rows = [
        (
            str(FIELD_GROUPS[each.group]),
            whole(each.listings),
            whole(each.overdue),
            percent(each.overdue / each.listings),
        )
        for each in shares
    ]
    heads = (gettext("Facts"), gettext("Listings that tell them"), gettext("Overdue"), gettext("Share"))
    return BarPlot(
        name="overdue",
        title=gettext("Facts overdue for a check"),
        told=gettext("Of the published listings that tell these facts, the share whose check is overdue."),
        bars=bars(figures, shown=percent, most=1),
        table=Table(heads, rows),
    )


def _reports_plot(weeks: Sequence[Week]) -> ColumnPlot:
    drawn, wide, most = columns([(f"{week.monday:%b} {week.monday.day}", week.opened, week.settled) for week in weeks])
    legend = (gettext("Came in"), gettext("Resolved or rejected"))
    rows = [(week.monday.isoformat(), whole(week.opened), whole(week.settled)) for week in weeks]
    return ColumnPlot(
        name="reports",
        title=gettext("Problem reports, week by week"),
        told=gettext("The last %(weeks)s weeks; each begins on a Monday.", weeks=len(weeks)),
        legend=legend,
        columns=drawn,
        wide=wide,
        most=most,
        table=Table((gettext("Week from"), *legend), rows),
    )
