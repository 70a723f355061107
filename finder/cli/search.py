"""``finder search``: the answer of the search page, on the command line."""

import json
from collections.abc import Callable
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext
from rich.console import Console
from rich.table import Table

from finder.domain.geo import Place
from finder.domain.vocabulary import LEVEL_OF_CARE, Code, vocabulary
from finder.places import gazetteer
from finder.search import (
    Criteria,
    Directory,
    Hit,
    Relaxation,
    Results,
    Sort,
    results_as_data,
    search_widening,
)
from finder.search import search as search_exactly

_ANY = "any"


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
@click.option("--sort", type=click.Choice(Sort, case_sensitive=False), default=Sort.DISTANCE, show_default="distance")
@click.option("--page", type=click.INT, default=1, show_default=True)
@click.option("--page-size", type=click.INT, default=10, show_default=True)
@click.option("--widen", is_flag=True, help="Ask for less where too little is found, and say so.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as data.")
@with_appcontext
def search(*, near: str, radius: float | None, widen: bool, as_json: bool, **asked: Any) -> None:
    """Find listings. Several codes of one option mean any of them; several options mean all of them."""
    directory: Directory = current_app.extensions["directory"]
    criteria = _criteria(_place(near) if near else None, radius, asked)
    results = search_widening(directory, criteria) if widen else search_exactly(directory, criteria)
    if as_json:
        click.echo(json.dumps(results_as_data(results), ensure_ascii=False, indent=2))
    else:
        _print(results)


def _criteria(place: Place | None, radius: float | None, asked: dict[str, Any]) -> Criteria:
    chosen = {terms.facet: asked.pop(terms.facet) for terms in vocabulary().facets}
    needs = {facet: frozenset(map(Code, codes)) for facet, codes in chosen.items() if codes}
    try:
        if place:
            return Criteria.around(place, radius, needs=needs, **asked)
        return Criteria(radius_miles=radius, needs=needs, **asked)
    except ValueError as error:
        raise click.UsageError(str(error)) from error


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


def _row(hit: Hit) -> tuple[str, ...]:
    listing = hit.listing
    return (
        "" if hit.distance_miles is None else f"{hit.distance_miles:.1f}",
        f"{listing.name}\n{', '.join(part for part in (listing.city, listing.state) if part)}",
        "\n".join(tag.code for tag in listing.tags if tag.facet == LEVEL_OF_CARE),
        listing.phones[0].value.label if listing.phones else "",
        listing.verified_on.isoformat() if listing.verified_on else "",
    )


def _step(step: Relaxation) -> str:
    return f"{step.facet or step.kind.value}: {_told(step.before)} → {_told(step.after)}"


def _told(value: float | str | frozenset[Code] | None) -> str:
    match value:
        case None:
            return _ANY
        case float() | int():
            return f"{value:g}"
        case frozenset():
            return ", ".join(sorted(value))
        case _:
            return value
