"""Who may see which route: a route that nobody has decided about fails here."""

from flask import Flask

PUBLIC = {
    ("public.health", "/healthz"),
    ("public.home", "/"),
    ("public.provider", "/providers/<slug>"),
    ("public.results", "/search"),
    ("public.results_as_json", "/search.json"),
    ("public.topic", "/topics/<slug>"),
}


def test_every_route_is_one_that_we_decided_to_open(app: Flask) -> None:
    assert {(rule.endpoint, rule.rule) for rule in app.url_map.iter_rules()} == PUBLIC


def test_the_public_can_only_read(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        assert rule.methods is not None
        assert rule.methods <= {"GET", "HEAD", "OPTIONS"}
