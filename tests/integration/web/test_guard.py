"""Who may see which route: a route that nobody has decided about fails here."""

from flask import Flask
from werkzeug.routing import Rule

from finder.web.languages import LANGUAGES

# Every page is there in each language, below its prefix.
PAGES = {
    ("confirm", "/confirm/<token>"),
    ("guide", "/guide"),
    ("guide_answered", "/guide"),
    ("home", "/"),
    ("map", "/map"),
    ("map_pins", "/map.json"),
    ("meeting_calendar", "/providers/<slug>/calendar.ics"),
    ("open_data", "/data"),
    ("places", "/places.json"),
    ("provider", "/providers/<slug>"),
    ("provider_as_json_ld", "/providers/<slug>.jsonld"),
    ("report", "/providers/<slug>/report"),
    ("report_sent", "/providers/<slug>/report/sent"),
    ("results", "/search"),
    ("results_as_calendar", "/search.ics"),
    ("results_as_csv", "/search.csv"),
    ("results_as_geojson", "/search.geojson"),
    ("results_as_json", "/search.json"),
    ("send_confirmation", "/confirm/<token>"),
    ("send_report", "/providers/<slug>/report"),
    ("shortlist", "/shortlist"),
    ("topic", "/topics/<slug>"),
    ("topics", "/topics"),
}
IN_EVERY_LANGUAGE = {("public", ""), *((f"public_{code}", f"/{code}") for code in LANGUAGES if code != "en")}
PUBLIC = {
    ("bmlt.answer", "/bmlt/<fellowship>/client_interface/<any(json,jsonp):form>/"),
    ("bmlt.answer", "/client_interface/<any(json,jsonp):form>/"),
    ("bmlt.answer", "/main_server/client_interface/<any(json,jsonp):form>/"),
    ("dump.file", "/data/<which>/<name>"),
    ("health.health", "/healthz"),
    ("hsds.about", "/hsds/"),
    ("hsds.docs", "/hsds/docs"),
    ("hsds.openapi", "/hsds/openapi.json"),
    ("hsds.organization", "/hsds/organizations/<uuid:organization_id>"),
    ("hsds.organizations", "/hsds/organizations"),
    ("hsds.package", "/hsds/datapackage.zip"),
    ("hsds.service", "/hsds/services/<uuid:service_id>"),
    ("hsds.service_at_location", "/hsds/service_at_locations/<uuid:service_at_location_id>"),
    ("hsds.service_at_locations", "/hsds/service_at_locations"),
    ("hsds.services", "/hsds/services"),
    ("hsds.taxonomies", "/hsds/taxonomies"),
    ("hsds.taxonomy", "/hsds/taxonomies/<uuid:taxonomy_id>"),
    ("hsds.taxonomy_term", "/hsds/taxonomy_terms/<uuid:term_id>"),
    ("hsds.taxonomy_terms", "/hsds/taxonomy_terms"),
    ("meeting_guide.meetings", "/meetings.json"),
    ("reach.robots", "/robots.txt"),
    ("reach.sitemap", "/sitemap.xml"),
    ("reach.sitemap_of_pages", "/sitemap-pages.xml"),
    ("reach.sitemap_of_places", "/sitemap-places-<int(max=99999):number>.xml"),
    *((f"{blueprint}.{name}", prefix + rule) for blueprint, prefix in IN_EVERY_LANGUAGE for name, rule in PAGES),
}
TAKES_FORMS = {"guide_answered", "send_confirmation", "send_report"}


STAFF = ("account", "admin")  # whom these let in is decided in test_authorization.py


def public_rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint.partition(".")[0] not in STAFF]


def test_every_route_is_one_that_we_decided_to_open(app: Flask) -> None:
    assert {(rule.endpoint, rule.rule) for rule in public_rules(app)} == PUBLIC


def test_the_public_can_only_read_but_for_forms_that_we_decided_to_take(app: Flask) -> None:
    for rule in public_rules(app):
        assert rule.methods is not None
        may_send = {"POST"} if rule.endpoint.rpartition(".")[2] in TAKES_FORMS else set()
        assert rule.methods <= {"GET", "HEAD", "OPTIONS"} | may_send
