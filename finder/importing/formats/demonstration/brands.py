"""Names of fictional organizations, each working in one state."""

from collections.abc import Mapping, Sequence
from itertools import islice

from finder.importing.formats.demonstration.chance import generator
from finder.importing.formats.demonstration.ingredients import Ingredients

_PLACES_OF_ONE = 3


def brands_by_state(ingredients: Ingredients, counts: Mapping[str, int]) -> dict[str, Sequence[str]]:
    """Names like "Juniper Creek" by state, none in two states: about one for every three listings."""
    brands = [f"{first} {second}" for first in ingredients.names.first for second in ingredients.names.second]
    generator(ingredients.seed, "brands").shuffle(brands)
    left = iter(brands)
    return {state: list(islice(left, max(1, count // _PLACES_OF_ONE))) for state, count in counts.items()}


def organization_of(brand: str, ingredients: Ingredients) -> str:
    """The organization behind a brand, the same for all its places."""
    kind = generator(ingredients.seed, "organization", brand).choice(ingredients.names.organizations)
    return f"{brand} {kind} {ingredients.names.mark}"
