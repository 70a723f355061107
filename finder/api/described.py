"""What may be asked, as the OpenAPI document and the page about the interface describe it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from finder.api.parameters import Nothing

Data: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Group:
    """Parameters that go together: where one of ``names`` is, those of ``required`` must be."""

    name: str
    description: str
    names: tuple[str, ...]
    required: tuple[str, ...]


_GROUPS = (
    Group("around_zip", "Around the middle of a ZIP Code.", ("postcode", "proximity"), ("postcode",)),
    Group("around_point", "Around a point.", ("latitude", "longitude", "radius"), ("latitude", "longitude")),
)


def parameters(model: type[Nothing]) -> Iterator[Data]:
    """The parameters of a model as OpenAPI has them."""
    for name, schema in model.model_json_schema().get("properties", {}).items():
        choices = [choice for choice in schema.get("anyOf", [schema]) if choice.get("type") != "null"]
        kept = {key: value for key, value in choices[0].items() if key not in {"title", "description"}}
        yield _parameter(name, schema["description"], kept)


def question(model: type[Nothing]) -> Iterator[Data]:
    """The same, those that go together as one that is written as several: OpenAPI has no other way to say so.

    In an address it looks no different.
    """
    alone = {each["name"]: each for each in parameters(model)}
    for group in _GROUPS:
        if alone.keys() >= set(group.names):
            together = _object(group, {name: alone.pop(name) for name in group.names})
            yield _parameter(group.name, group.description, together) | {"style": "form", "explode": True}
    yield from alone.values()


def _parameter(name: str, description: str, schema: Data) -> Data:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


def _object(group: Group, parts: Mapping[str, Data]) -> Data:
    return {
        "type": "object",
        "properties": {name: part["schema"] | {"description": part["description"]} for name, part in parts.items()},
        "required": list(group.required),
        "additionalProperties": False,
    }
