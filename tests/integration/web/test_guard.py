"""Who may see which route: a route that nobody has decided about fails here."""

from flask import Flask

from finder.web.languages import LANGUAGES

# Every page is there in each language, below its prefix.
PAGES = {
    ("home", "/"),
    ("provider", "/providers/<slug>"),
    ("results", "/search"),
    ("results_as_json", "/search.json"),
    ("topic", "/topics/<slug>"),
}
IN_EVERY_LANGUAGE = {("public", ""), *((f"public_{code}", f"/{code}") for code in LANGUAGES if code != "en")}
PUBLIC = {
    ("health.health", "/healthz"),
    *((f"{blueprint}.{name}", prefix + rule) for blueprint, prefix in IN_EVERY_LANGUAGE for name, rule in PAGES),
}
TAKES_FORMS: set[str] = set()


def test_every_route_is_one_that_we_decided_to_open(app: Flask) -> None:
    assert {(rule.endpoint, rule.rule) for rule in app.url_map.iter_rules()} == PUBLIC


def test_the_public_can_only_read_but_for_forms_that_we_decided_to_take(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        assert rule.methods is not None
        may_send = {"POST"} if rule.endpoint.rpartition(".")[2] in TAKES_FORMS else set()
        assert rule.methods <= {"GET", "HEAD", "OPTIONS"} | may_send
