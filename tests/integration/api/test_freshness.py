"""Nobody fetches twice what didn't change."""

import gzip
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from finder.domain.vocabulary import WordingKey, WordingPart
from finder.listings import save_all
from finder.listings.wording import reword
from tests.factories import A_CHANGE, NOW, a_draft, a_source
from tests.hsds import ApiClient


def test_who_has_an_answer_gets_it_again_only_after_a_change(api: ApiClient, session: Session) -> None:
    draft = a_draft(name="Harbor House")
    a_source(session)
    save_all(session, [draft], A_CHANGE)
    session.commit()
    first = api.get("/hsds/services")
    had = {"If-None-Match": first.headers["ETag"]}
    since = {"If-Modified-Since": first.headers["Last-Modified"]}

    for kept in (had, since):
        unchanged = api.get("/hsds/services", headers=kept, expect=304)
        assert unchanged.get_data() == b""
        assert unchanged.headers["ETag"] == first.headers["ETag"]
    assert first.headers["Cache-Control"] == "no-cache"

    save_all(session, [replace(draft, name="Harbor Home")], A_CHANGE)
    session.commit()
    assert api.get("/hsds/services", headers=had).get_json()["contents"][0]["name"] == "Harbor Home"


def test_a_compressed_answer_is_known_again(api: ApiClient, session: Session) -> None:
    a_source(session)
    save_all(session, [a_draft() for _ in range(5)], A_CHANGE)
    session.commit()
    first = api.get("/hsds/services", headers={"Accept-Encoding": "gzip"})

    assert first.headers["Content-Encoding"] == "gzip"
    api.get("/hsds/services", headers={"If-None-Match": first.headers["ETag"], "Accept-Encoding": "gzip"}, expect=304)


@pytest.mark.parametrize("address", ["/hsds/services?format=ndjson", "/hsds/services?full=true&format=ndjson"])
def test_who_reads_everything_gets_it_packed(api: ApiClient, session: Session, address: str) -> None:
    a_source(session)
    save_all(session, [a_draft() for _ in range(20)], A_CHANGE)
    session.commit()
    plain, packed = (api.get(address, headers={"Accept-Encoding": coding}) for coding in ("identity", "gzip"))

    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.get_data()) == plain.get_data()
    assert len(packed.get_data()) < len(plain.get_data()) / 4


def test_other_words_for_a_term_are_told_at_once(api: ApiClient, session: Session) -> None:
    terms = "/taxonomy_terms?search=medicaid"
    api.data(terms)
    reword(session, {WordingKey("payment", "medicaid", "en", WordingPart.LABEL): "Medicaid of Ohio"}, by="Ana", at=NOW)
    session.commit()

    assert "Medicaid of Ohio" in {term["name"] for term in api.data(terms)["contents"]}
