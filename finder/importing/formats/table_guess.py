"""A first guess at what the columns of somebody's table tell, by their names in English and Spanish."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from finder.domain.vocabulary import KIND_OF_CARE, LEVEL_OF_CARE, Facet, Tag, Term, vocabulary
from finder.importing.formats.table_columns import NO, NO_NAME_COLUMN, SEVERAL, YES, Columns, Fact, TagColumn
from finder.importing.formats.table_file import SeenColumn
from finder.places.spelling import words

_NAMES: Mapping[Fact, str] = {
    Fact.NAME: "name, facility, facility name, provider, provider name, program, program name, agency name, site name, "
    "location name, name1, title, place, nombre, nombre del centro, nombre del lugar, centro, programa",
    Fact.ORGANIZATION: "organization, organisation, organization name, agency, company, parent organization, operator, "
    "parent, legal name, organizacion, agencia, entidad",
    Fact.STREET: "street, street address, address, address 1, address1, address line 1, street1, street 1, "
    "physical address, site address, location address, calle, direccion, domicilio, direccion 1",
    Fact.SUITE: "suite, unit, apt, address 2, address2, address line 2, street2, street 2, oficina, piso, direccion 2",
    Fact.CITY: "city, town, municipality, physical city, ciudad, municipio, pueblo, localidad",
    Fact.STATE: "state, st, state code, physical state, estado",
    Fact.ZIP: "zip, zip code, zipcode, postal code, postcode, physical zip, codigo postal, cp",
    Fact.ADDRESS: "full address, complete address, formatted address, mailing address, direccion completa",
    Fact.LATITUDE: "latitude, lat, y, latitud",
    Fact.LONGITUDE: "longitude, lon, lng, long, x, longitud",
    Fact.PHONE: "phone, phone number, telephone, telephone number, tel, main phone, phone 1, phone1, phone 2, phones, "
    "office phone, contact number, telefono, numero de telefono, telefono 1, telefono 2",
    Fact.INTAKE: "intake, intake phone, intake number, admissions, admissions phone, intake line, intake1, intake2, "
    "admisiones, telefono de admision",
    Fact.HOTLINE: "hotline, crisis line, helpline, crisis phone, 24 hour line, hotline1, linea de crisis, "
    "linea de ayuda",
    Fact.WEBSITE: "website, web site, web, url, web address, homepage, home page, link, sitio web, pagina web",
    Fact.EMAIL: "email, e mail, email address, public email, correo, correo electronico",
    Fact.DESCRIPTION: "description, about, notes, comments, summary, details, program description, descripcion, notas, "
    "comentarios",
    Fact.FEES: "fees, fee, cost, costs, price, fee structure, costo, tarifas, precio",
    Fact.AGES: "ages, ages served, age range, age, edades, edad",
    Fact.MINIMUM_AGE: "minimum age, min age, age min, edad minima",
    Fact.MAXIMUM_AGE: "maximum age, max age, age max, edad maxima",
    Fact.HOURS: "hours, hours of operation, business hours, opening hours, office hours, horario, horas",
    Fact.ID: "id, facility id, provider id, program id, record id, license number, licence number, license no, npi, "
    "uuid, site id, identificador, numero de licencia",
    Fact.CHECKED_ON: "last checked, last updated, last verified, verified on, updated, date updated, last update, "
    "verified, checked on, ultima revision, fecha de revision, actualizado",
}
_FACETS: Mapping[str, str] = {
    LEVEL_OF_CARE: "level of care, levels of care, kinds of help, service, services, service type, type of care, "
    "treatment type, types of service, program type, nivel de atencion, tipos de ayuda, servicios, tipo de servicio",
    "kind_of_care": "kind of care, care setting, setting, settings, modality",
    "payment": "payment, payments, ways to pay, payment accepted, insurance, insurance accepted, payment types, "
    "accepted insurance, formas de pago, seguro, seguros, pago",
    "payment_help": "payment help, financial help, payment assistance, ayuda para pagar",
    "medication": "medication, medications, mat, moud, medicamentos",
    "substance": "substance, substances, substances treated, sustancias",
    "language": "language, languages, languages spoken, idioma, idiomas",
    "population": "population, populations, populations served, groups, special populations, clients served, "
    "poblacion, poblaciones",
    "age_group": "age group, age groups, grupos de edad",
    "gender": "gender, genders, sex, sexo, genero",
    "therapy": "therapy, therapies, terapias",
    "accessibility": "accessibility, accesibilidad",
    "ownership": "ownership, facility type, operated by",
    "accreditation": "accreditation, accreditations, license, licenses, acreditacion",
    "attendance": "attendance, format, in person or online, modalidad",
    "fellowship": "fellowship",
    "housing": "housing, vivienda",
}
# What people write of care that is no label of the vocabulary.
_SAID: Mapping[str, str] = {
    "detoxification": "level_of_care:detox", "withdrawal management": "level_of_care:detox",
    "medical detox": "level_of_care:detox", "desintoxicacion": "level_of_care:detox", "wm": "level_of_care:detox",
    "residential": "level_of_care:inpatient", "rehab": "level_of_care:inpatient", "hospital": "level_of_care:inpatient",
    "residential treatment": "level_of_care:inpatient", "residencial": "level_of_care:inpatient",
    "op": "level_of_care:outpatient", "out patient": "level_of_care:outpatient",
    "ambulatorio": "level_of_care:outpatient",
    "iop": "kind_of_care:outpatient_intensive", "intensive outpatient": "kind_of_care:outpatient_intensive",
    "php": "kind_of_care:outpatient_day", "partial hospitalization": "kind_of_care:outpatient_day",
    "otp": "kind_of_care:outpatient_medication", "methadone clinic": "kind_of_care:outpatient_medication",
    "support group": "level_of_care:support_group", "support groups": "level_of_care:support_group",
    "self help": "level_of_care:support_group", "peer support": "kind_of_care:peer_support",
    "private insurance": "payment:private_insurance", "cash": "payment:self_pay", "self pay": "payment:self_pay",
    "sliding scale": "payment_help:sliding_fee", "sliding fee": "payment_help:sliding_fee",
    "suboxone": "medication:buprenorphine", "vivitrol": "medication:naltrexone_injection",
    "telehealth": "attendance:hybrid", "virtual": "attendance:online",
}  # fmt: skip
_MOST_ANSWERS = 60  # of a column that could be one for tags
_FEW_UNKNOWN = 0.5


def guessed_columns(seen: Sequence[SeenColumn], sheet: str = "") -> Columns:
    """The columns that a person then corrects. Raises ``ValueError`` where none could be the name of a place."""
    facts: dict[Fact, tuple[str, ...]] = {}
    tags: list[TagColumn] = []
    for column in seen:
        fact = _fact_called().get(" ".join(words(column.heading)))
        if fact and (fact in SEVERAL or fact not in facts):
            facts[fact] = (*facts.get(fact, ()), column.heading)
        elif (facet := _facet(column)) is not None:
            tags.append(tag_column(column, facet))
    if Fact.NAME not in facts and Fact.ORGANIZATION in facts:
        facts[Fact.NAME] = facts[Fact.ORGANIZATION][:1]
    if Fact.NAME not in facts:
        raise ValueError(NO_NAME_COLUMN)
    if Fact.STREET in facts and not facts.keys() & {Fact.CITY, Fact.ZIP, Fact.STATE, Fact.ADDRESS}:
        facts[Fact.ADDRESS] = facts.pop(Fact.STREET)
    return Columns(facts=facts, tags=tuple(tags), sheet=sheet)


def tag_column(column: SeenColumn, facet: str) -> TagColumn:
    """A column for tags with what its values most likely mean; those that we don't know are left out."""
    meant = {value: _tag_called(facet, column.heading if value == YES else value) for value in column.values}
    return TagColumn(
        heading=column.heading, values={value: (str(tag),) for value, tag in meant.items() if tag}, facet=facet
    )


def _facet(column: SeenColumn) -> str | None:
    """The question that a column answers, as its heading or its values tell; empty for several, ``None`` for none."""
    if not 0 < len(column.values) <= _MOST_ANSWERS:
        return None
    plain = " ".join(words(column.heading))
    if plain in _facet_called():
        return _facet_called()[plain]
    if column.values.keys() <= {YES, NO}:
        meant = _tag_called("", column.heading)
        return str(meant.facet) if meant else None
    known = [value for value in column.values if _tag_called("", value)]
    return "" if len(known) > _FEW_UNKNOWN * len(column.values) else None


def _tag_called(facet: str, text: str) -> Tag | None:
    """The tag of this name, of this facet if one is named; kinds of care answer for its levels too."""
    found = _tags_called().get(" ".join(words(text)), [])
    if ":" in text:
        found = [tag for tag in _every_tag() if str(tag) == text]
    facets = {LEVEL_OF_CARE, KIND_OF_CARE} if facet in {LEVEL_OF_CARE, KIND_OF_CARE} else {Facet(facet)}
    return next((tag for tag in found if not facet or tag.facet in facets), None)


@cache
def _fact_called() -> Mapping[str, Fact]:
    return {name: fact for fact, names in _NAMES.items() for name in names.split(", ")}


@cache
def _facet_called() -> Mapping[str, str]:
    shipped = {
        " ".join(words(label)): str(terms.facet) for terms in vocabulary().facets for label in terms.labels.values()
    }
    return shipped | {name: facet for facet, names in _FACETS.items() for name in names.split(", ")}


@cache
def _tags_called() -> Mapping[str, list[Tag]]:
    """The tags by what they are called: in the vocabulary in all languages and by code, and by other people."""
    called: dict[str, list[Tag]] = {}
    for term in _terms():
        names = {" ".join(words(name)) for name in (*term.labels.values(), term.code)}
        for name in names:
            called.setdefault(name, []).append(term.tag)
    tags = {str(tag): tag for tag in _every_tag()}
    for name, said in _SAID.items():
        called.setdefault(name, []).insert(0, tags[said])
    return called


def _terms() -> Iterable[Term]:
    return (term for terms in vocabulary().facets for term in terms.terms)


@cache
def _every_tag() -> tuple[Tag, ...]:
    return tuple(term.tag for term in _terms())
