"""``finder search``: the answer of the search page, on the command line."""

import datetime as dt
import json
from collections.abc import Callable, Iterable
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext
from rich.console import Console
from rich.table import Table

from finder.domain.geo import Place
from finder.domain.vocabulary import LEVEL_OF_CARE, Code, Facet, Tag, vocabulary
from finder.places import gazetteer
from finder.search import (
    Criteria,
    Directory,
    Hit,
    MeetingTime,
    Relaxation,
    Results,
    Sort,
    results_as_data,
    search_widening,
)
from finder.search import search as search_exactly
from finder.search.results import Before

_ANY = "any"
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class _Tag(click.ParamType[Tag]):
    """A tag of the vocabulary as "facet:code"."""

    name = "facet:code"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Tag:
        facet, _, code = str(value).partition(":")
        tag = Tag(Facet(facet), Code(code))
        if tag not in vocabulary():
            self.fail(f'"{value}" is not in the vocabulary, as "payment:medicaid" is.', param, ctx)
        return tag


class _Time(click.ParamType[dt.time]):
    """A time of the day as hours and minutes."""

    name = "hh:mm"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.time:
        try:
            return dt.datetime.strptime(str(value), "%H:%M").time()  # noqa: DTZ007 (by the clock of each place)
        except ValueError:
            self.fail(f'"{value}" is no time as "18:30" is.', param, ctx)


class _Miles(click.ParamType[float | None]):
    """A radius in miles, or "any"."""

    name = "miles"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float | None:
        return None if value == _ANY else float(click.FLOAT.convert(value, param, ctx))


def _one_option_per_facet(command: Callable[..., None]) -> Callable[..., None]:
    for terms in reversed(vocabulary().facets):
        codes = click.Choice([term.code for term in terms.terms])
        option = click.option(f"--{terms.facet}", terms.facet, type=codes, multiple=True, help=terms.label())
        command = option(command)
    return command


@click.command()
@click.option(
    "--near", default="", help="A ZIP, city, county, state, or latitude and longitude; everywhere if not given."
)
@click.option("--radius", type=_Miles(), default=25, show_default=True, help='Miles around the place, or "any".')
@click.option("--q", "text", default="", help="Words in the name, organization, city, ZIP or description.")
@_one_option_per_facet
@click.option("--not", "excluded", type=_Tag(), multiple=True, help="What a listing must not have; may be repeated.")
@click.option("--available", is_flag=True, help="Only those that say that they take new people.")
@click.option("--open-now", is_flag=True, help="Only those that are open or have a meeting going on.")
@click.option(
    "--meeting-day",
    "weekdays",
    type=click.Choice(_WEEKDAYS, case_sensitive=False),
    multiple=True,
    help="With a meeting on that day.",
)
@click.option("--after", "earliest", type=_Time(), help="With a meeting that starts at this time or later.")
@click.option("--before", "latest", type=_Time(), help="With a meeting that starts at this time or earlier.")
@click.option("--sort", type=click.Choice(Sort, case_sensitive=False), default=Sort.DISTANCE, show_default="distance")
@click.option("--page", type=click.INT, default=1, show_default=True)
@click.option("--page-size", type=click.INT, default=10, show_default=True)
@click.option("--widen", is_flag=True, help="Ask for less where too little is found, and say so.")
@click.option("--care-path", is_flag=True, help="Also tell the nearest listing of each level of care.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as data.")
@with_appcontext
def search(*, near: str, radius: float | None, widen: bool, care_path: bool, as_json: bool, **asked: Any) -> None:
    """Find listings. Several codes of one option mean any of them; several options mean all of them."""
    directory: Directory = current_app.extensions["directory"]
    criteria = _criteria(_place(near) if near else None, radius, asked)
    answer = search_widening if widen else search_exactly
    results = answer(directory, criteria, care_path=care_path)
    if as_json:
        click.echo(json.dumps(results_as_data(results), ensure_ascii=False, indent=2))
    else:
        _print(results)


def _criteria(place: Place | None, radius: float | None, asked: dict[str, Any]) -> Criteria:
    chosen = {terms.facet: asked.pop(terms.facet) for terms in vocabulary().facets}
    needs = {facet: frozenset(map(Code, codes)) for facet, codes in chosen.items() if codes}
    meeting = _meeting(**{name: asked.pop(name) for name in ("weekdays", "earliest", "latest")})
    asked |= {"needs": needs, "meeting": meeting, "excluded": frozenset(asked["excluded"])}
    try:
        return Criteria.around(place, radius, **asked) if place else Criteria(radius_miles=radius, **asked)
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def _meeting(weekdays: Iterable[str], earliest: dt.time | None, latest: dt.time | None) -> MeetingTime | None:
    days = frozenset(map(_WEEKDAYS.index, weekdays))
    if days or earliest or latest:
        return MeetingTime(weekdays=days, earliest=earliest, latest=latest)
    return None


def _place(text: str) -> Place:
    """The one place called so. Otherwise the command ends with status 2 and says which places there are."""
    answer = gazetteer().find(text)
    if len(answer.places) == 1:
        return answer.places[0]
    if answer.places:
        problem, others = "means several places", [place.label for place in answer.places]
    else:
        problem, others = "is no place that we know", list(answer.suggestions)
    listed = "".join(f"\n  {label}" for label in others)
    raise click.BadParameter(
        f'"{text}" {problem}.' + (f" Try one of these:{listed}" if others else ""), param_hint="--near"
    )


def _print(results: Results) -> None:
    # Names come from outside; square brackets in them are no markup.
    console = Console(markup=False, highlight=False)
    for step in results.relaxed:
        console.print(f"Searched more widely: {_step(step)}")
    table = Table("miles", "place", show_lines=True)
    for heading in ("level of care", "phone", "checked"):
        table.add_column(heading, no_wrap=True)
    for hit in results.hits:
        table.add_row(*_row(hit))
    console.print(table)
    console.print(f"{results.total:,} listings, page {results.page} of {results.pages}")
    if results.unmapped:
        console.print(f"{results.unmapped:,} more without a mapped location")
    for level, nearest in (results.care_path or {}).items():
        console.print(f"Nearest {level}: {_named(nearest) if nearest else 'none'}")


def _named(hit: Hit) -> str:
    away = "" if hit.distance_miles is None else f", {hit.distance_miles:.1f} miles"
    return f"{hit.listing.name}{away}"


def _row(hit: Hit) -> tuple[str, ...]:
    listing = hit.listing
    return (
        "" if hit.distance_miles is None else f"{hit.distance_miles:.1f}",
        f"{listing.name}\n{', '.join(part for part in (listing.city, listing.state) if part)}",
        "\n".join(listing.codes(LEVEL_OF_CARE)),
        listing.phones[0].label if listing.phones else "",
        listing.verified_on.isoformat() if listing.verified_on else "",
    )


def _step(step: Relaxation) -> str:
    return f"{step.facet or step.kind.value}: {_told(step.before)} → {_told(step.after)}"


def _told(value: Before | None) -> str:
    match value:
        case None:
            return _ANY
        case bool():
            return "yes"
        case float() | int():
            return f"{value:g}"
        case frozenset():
            return ", ".join(sorted(value))
        case MeetingTime():
            days = ", ".join(_WEEKDAYS[day] for day in sorted(value.weekdays))
            return f"{days or _ANY} {value.earliest or dt.time.min:%H:%M}-{value.latest or dt.time.max:%H:%M}"
        case _:
            return value
