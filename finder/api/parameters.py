"""What may be asked, as models that refuse everything else; the OpenAPI document is made of them too."""

import datetime as dt
import re
import uuid
from typing import Annotated, Any, Literal, Self, TypeVar

from flask import request
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from finder.api.problems import refuse

LARGEST_PAGE = 100
LONGEST_SEARCH = 200  # characters
FARTHEST = 500_000  # meters: more than 300 miles
USUAL_PROXIMITY = 40_234  # meters: 25 miles, as the site searches

_WORDS = {
    "extra_forbidden": "There is no such parameter here.",
    "literal_error": "Must be {expected}.",
    "greater_than_equal": "Must be at least {ge}.",
    "less_than_equal": "Must be at most {le}.",
    "string_too_long": "Must have at most {max_length} characters.",
    "string_pattern_mismatch": "Must be a ZIP Code such as 60601.",
}


def _whole_number(text: str) -> int:
    if not re.fullmatch("[0-9]{1,9}", text, re.ASCII):
        raise PydanticCustomError("whole_number", "Must be a whole number.")
    return int(text)


def _number(text: str) -> float:
    if not re.fullmatch(r"-?[0-9]{1,20}(\.[0-9]{1,20})?(e-?[0-9]{1,3})?", text, re.ASCII | re.IGNORECASE):
        raise PydanticCustomError("number", "Must be a number.")
    return float(text)


def _yes_or_no(text: str) -> bool:
    if text not in {"true", "false"}:
        raise PydanticCustomError("yes_or_no", "Must be true or false.")
    return text == "true"


def _moment(text: str) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(text.upper())
        return moment.astimezone(dt.UTC) if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    except (ValueError, OverflowError):
        words = "Must be a date or a time such as 2026-01-31T00:00:00Z (a + in it is written %2B)."
        raise PydanticCustomError("moment", words) from None


def _id(text: str) -> uuid.UUID:
    if not re.fullmatch("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text, re.ASCII | re.IGNORECASE):
        raise PydanticCustomError("id", "Must be an id (a UUID).")
    return uuid.UUID(text)


WholeNumber = Annotated[int, BeforeValidator(_whole_number)]
Meters = Annotated[int, Field(ge=1, le=FARTHEST), BeforeValidator(_whole_number)]
Latitude = Annotated[float, Field(ge=-90, le=90), BeforeValidator(_number)]
Longitude = Annotated[float, Field(ge=-180, le=180), BeforeValidator(_number)]
YesOrNo = Annotated[bool, BeforeValidator(_yes_or_no)]
Moment = Annotated[dt.datetime, BeforeValidator(_moment)]
Id = Annotated[uuid.UUID, BeforeValidator(_id)]


class Nothing(BaseModel):
    """No parameter at all."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Page(Nothing):
    """Which part of a list, and in which form."""

    search: str = Field("", max_length=LONGEST_SEARCH, description="Words; each must begin a word of what is found.")
    page: WholeNumber = Field(1, ge=1, le=1_000_000, description="The page, counted from 1.")
    per_page: WholeNumber = Field(25, ge=1, le=LARGEST_PAGE, description="How many entries a page has.")
    format: Literal["json", "ndjson"] = Field(
        "json", description="json: a page. ndjson: all entries, one a line, whatever page was asked for."
    )


class TaxonomyTerms(Page):
    """Which terms."""

    taxonomy_id: Id | None = Field(None, description="Only terms of this taxonomy.")
    top_only: YesOrNo = Field(default=False, description="Only terms without a parent.")
    parent_id: Id | None = Field(None, description="Only terms with this parent.")


class Organizations(Page):
    """Which organizations."""

    taxonomy_term_id: Id | None = Field(None, description="Only those that offer what has this taxonomy term.")
    taxonomy_id: Id | None = Field(None, description="Only those that offer what has any term of this taxonomy.")
    full: YesOrNo = Field(default=False, description="Each entry with its services.")


class Organization(Nothing):
    """How an organization is told."""

    full_service: YesOrNo = Field(default=False, description="Its services with all that belongs to them.")


class Listed(Page):
    """Which listings."""

    modified_after: Moment | None = Field(None, description="Only what was changed at this moment or later.")
    taxonomy_term_id: Id | None = Field(None, description="Only what has this taxonomy term.")
    taxonomy_id: Id | None = Field(None, description="Only what has any term of this taxonomy.")
    organization_id: Id | None = Field(None, description="Only what this organization runs.")
    full: YesOrNo = Field(default=False, description="Each entry with all that belongs to it.")


class Services(Listed):
    """Which services."""

    minimal: YesOrNo = Field(
        default=False, description="Each entry with its id and its last change alone, full or not."
    )


class ServiceAtLocations(Listed):
    """Which services at locations: also where."""

    postcode: str | None = Field(
        None,
        pattern="^[0-9]{5}(-[0-9]{4})?$",
        description=f"Only near the middle of this ZIP Code, within {USUAL_PROXIMITY} meters.",
    )
    proximity: Meters | None = Field(None, description="How many meters around the middle of postcode instead.")
    latitude: Latitude | None = Field(None, description="Only near this point: degrees north.")
    longitude: Longitude | None = Field(None, description="Only near this point: degrees east.")
    radius: Meters | None = Field(
        None, description=f"How many meters around the point; {USUAL_PROXIMITY} if not given."
    )

    @model_validator(mode="after")
    def _goes_together(self) -> Self:
        if self.proximity is not None and self.postcode is None:
            raise PydanticCustomError("proximity", "Needs a postcode.")
        if (self.latitude is None) != (self.longitude is None):
            missing = "latitude" if self.latitude is None else "longitude"
            raise PydanticCustomError(missing, "Latitude and longitude go together.")
        if self.radius is not None and self.latitude is None:
            raise PydanticCustomError("radius", "Needs latitude and longitude.")
        return self


Asked = TypeVar("Asked", bound=Nothing)


def asked(model: type[Asked]) -> Asked:
    """What the request asks. Ends the request with all that is wrong, by parameter."""
    values: dict[str, Any] = request.args.to_dict()
    if twice := [(name, "Stands more than once.") for name, all_of in request.args.lists() if len(all_of) > 1]:
        refuse(twice)
    try:
        return model.model_validate(values)
    except ValidationError as error:
        refuse([_in_words(each) for each in error.errors(include_url=False, include_input=False)])


def _in_words(error: ErrorDetails) -> tuple[str, str]:
    # What is wrong with several parameters together has for its type the name of the one to mend.
    field = str(error["loc"][0]) if error["loc"] else error["type"]
    words = _WORDS.get(error["type"])
    return field, words.format(**error.get("ctx", {})) if words else error["msg"]
