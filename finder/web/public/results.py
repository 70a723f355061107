"""What the results page shows, in the words and addresses of the page."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import request

from finder.domain.vocabulary import Tag, vocabulary
from finder.search import RelaxationKind, Results, Sort
from finder.web.languages import gettext, language, page_url
from finder.web.pagination import page_numbers
from finder.web.public.cards import cards, care_path_steps
from finder.web.public.forms import SearchForm
from finder.web.public.panels import AVAILABLE, DAY_WORDS, OPEN_NOW, TIME_WORDS
from finder.web.public.pieces import Html, joined, pieces_of
from finder.web.public.sentences import (
    count_sentence,
    needs_of,
    out_of_reach_sentences,
    searched_sentence,
    title_sentence,
    unmapped_sentence,
    widened_sentences,
)
from finder.web.wording import words

_TEMPLATE = "components/results.html"
_PLACE_OF_FACET = {terms.facet: place for place, terms in enumerate(vocabulary().facets)}
_OFTEN_ASKED = tuple(
    vocabulary().term(facet, code).tag for facet, code in (("payment", "medicaid"), ("payment_help", "free"))
)
_SUPPORT_GROUP = vocabulary().term("level_of_care", "support_group").tag
_A_PLACE = {RelaxationKind.RADIUS, RelaxationKind.STATE}


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter that is on, and the address of the same search without it."""

    label: str
    without: str


class ResultsPage:
    """A search's answer in the words of the page; each property is a part of it, empty where there's nothing to say."""

    def __init__(self, form: SearchForm, results: Results) -> None:
        self.form = form
        self.results = results
        self._pieces = pieces_of(_TEMPLATE)
        self.sentence = searched_sentence(results.asked, form.place.label)
        self.count = count_sentence(results)

    def parts(self) -> dict[str, object]:
        """What stands in the slots of ``public/results.html``, markup or text."""
        return {
            "title": self.title,
            "asked": self.form.query(),
            "heading": self.sentence,
            "widened": joined(
                self._pieces("widened", told=told) for told in (*out_of_reach_sentences(), *self.widened)
            ),
            "care_path": self.care_path,
            "chips": self.chips,
            "count": self.count,
            "often_asked": self.often_asked,
            "places": self.places,
            "unmapped": self._pieces("unmapped", told=self.unmapped) if self.unmapped else "",
            "pages": self.pages,
            "tools": self.tools,
        }

    @property
    def title(self) -> str:
        """What was asked, how much was found, and which page this is."""
        return title_sentence(self.results, self.sentence)

    @property
    def widened(self) -> list[str]:
        """What was asked less strictly, in sentences."""
        return widened_sentences(self.results)

    @property
    def unmapped(self) -> str:
        """How many more there are without a position, in a sentence."""
        return unmapped_sentence(self.results.unmapped) if self.results.unmapped else ""

    @property
    def care_path(self) -> Html:
        """The nearest of each level of care, where the list doesn't show them all anyway."""
        path = self.results.care_path
        if path is None or len(path) - list(path.values()).count(None) < 2:
            return Html()
        on_page = {hit.listing.id for hit in self.results.hits}
        if all(hit is None or hit.listing.id in on_page for hit in path.values()):
            return Html()
        return self._pieces("care_path", steps=care_path_steps(path))

    @property
    def chips(self) -> Html:
        """The filters that are on, each a link to the same search without it."""
        chips = joined([self._pieces("chip", label=label, query=query) for label, query in self._chosen()])
        return self._pieces("chips", chips=chips) if chips else chips

    @property
    def chosen(self) -> list[Chosen]:
        """The filters that are on, in the order of the panel."""
        results = page_url("results")
        return [Chosen(label, f"{results}?{query}") for label, query in self._chosen()]

    @property
    def often_asked(self) -> Html:
        """Filters that many people need, one tap away, while they would make a difference."""
        links = joined([self._pieces("often", label=label, query=query) for label, query in self._often_asked()])
        return self._pieces("often_asked", links=links) if links else links

    @property
    def places(self) -> Html:
        """The list, or what to do where it is empty."""
        if self.results.hits:
            return self._pieces("cards", cards=self.cards)
        if self.results.total:
            return self._pieces("no_such_page", number=self.results.page, first=self.form.address())
        return self._pieces("nothing_found")

    @property
    def cards(self) -> Html:
        """The page's listings; of a search that gave up needs, each says which of them it meets."""
        results = self.results
        gave_up = any(step.kind not in _A_PLACE for step in results.relaxed)
        return cards(results.hits, results.as_of.date(), needs_of(results.asked) if gave_up else 0)

    @property
    def pages(self) -> Html:
        """Links to the pages, where there are several."""
        if self.results.pages <= 1:
            return Html()
        return self._pieces("pages", links=joined(self._pages()))

    @property
    def tools(self) -> Html:
        """How to share, print and download the search."""
        query, host = self.form.query(), request.host_url.rstrip("/")
        to_calendar = self._pieces("to_calendar", query=query) if self._has_calendar else ""
        return self._pieces("tools", query=query, host=host, to_calendar=to_calendar)

    @property
    def _has_calendar(self) -> bool:
        """Whether there are meetings here; a calendar holds what was asked, not what a wider search found."""
        meet = any(_SUPPORT_GROUP in hit.listing.tags for hit in self.results.hits)
        return meet and not self.results.relaxed

    def _chosen(self) -> Iterator[tuple[str, str]]:
        """Each filter that is on, and the query without it."""
        form, needs, when, code = self.form, self.form.needs.data, self.form.when.data, language()
        for facet in sorted(needs, key=_PLACE_OF_FACET.__getitem__):
            chosen = needs[facet]
            for term in words().facet(facet).terms:
                if term.code in chosen:
                    yield term.label(code), form.query(**{facet: sorted(chosen - {term.code})})
        for tag in sorted(form.needs.excluded):
            label = gettext("Not: %(what)s", what=words().label(*tag, code))
            yield label, form.query(**{"not": sorted(map(str, form.needs.excluded - {tag}))})
        for day in when.days:
            yield str(DAY_WORDS[day]), form.query(day=[other for other in when.days if other != day])
        if when.time:
            yield str(TIME_WORDS[when.time]), form.query(time="")
        if when.open_now:
            yield str(OPEN_NOW), form.query(open_now="")
        if when.available:
            yield str(AVAILABLE), form.query(available="")
        if form.q.data:
            yield gettext("Words: %(words)s", words=form.q.data), form.query(q="")

    def _often_asked(self) -> Iterator[tuple[str, str]]:
        total, counts = self.results.total, self.results.counts
        for tag in _OFTEN_ASKED:
            if tag.facet not in self.form.needs.data and 0 < counts[tag.facet][tag.code] < total:
                label = _counted(tag, counts[tag.facet][tag.code])
                yield label, self.form.query(**{tag.facet: [tag.code]})
        when = self.form.when.data
        if total and _SUPPORT_GROUP.code in self.form.needs.data.get(_SUPPORT_GROUP.facet, ()):
            if not (when.days or when.time):
                yield gettext("Meets today"), self.form.query(day="today", sort=Sort.NEXT_MEETING.value)
        elif total and not when.open_now:
            yield str(OPEN_NOW), self.form.query(open_now="yes")

    def _pages(self) -> Iterator[Html]:
        present = self.results.page
        for number in page_numbers(present, self.results.pages):
            if number is None:
                yield self._pieces("gap")
            else:
                macro = "present_page" if number == present else "other_page"
                yield self._pieces(macro, number=number, query=self.form.query(page=number))


def _counted(tag: Tag, count: int) -> str:
    return f"{words().label(*tag, language())} ({count:,})"
