"""Markup with slots."""

from markupsafe import Markup, escape

from finder.web.public.pieces import Html, Piece, joined, slot


def test_what_is_filled_in_is_text_unless_it_is_markup() -> None:
    piece = Piece(f"<p>{slot('told')}</p>")
    assert piece.fill(told="<script>") == b"<p>&lt;script&gt;</p>"
    assert piece.fill(told=Html(b"<b>1</b>")) == b"<p><b>1</b></p>"
    assert piece.fill(told=Markup("<b>1</b>")) == b"<p><b>1</b></p>"


def test_a_slot_may_stand_twice_and_a_percent_sign_beside_it() -> None:
    piece = Piece(f"100 % of {slot('name')}, {slot('name')} %s")
    assert piece.fill(name="50 %b") == b"100 % of 50 %b, 50 %b %s"


def test_what_is_filled_in_can_make_no_slot() -> None:
    piece = Piece(slot("first") + slot("second"))
    assert piece.fill(first=slot("second"), second="2") == b"\x00second\x002"


def test_a_template_takes_pieces_for_the_markup_that_they_are() -> None:
    assert escape(joined([b"<b>", "ñ".encode(), b"</b>"])) == "<b>ñ</b>"
