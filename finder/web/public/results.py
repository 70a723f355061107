"""What the results page says beside the listings themselves."""

from dataclasses import dataclass

from finder.domain.vocabulary import vocabulary
from finder.search import Results
from finder.web.pagination import page_numbers
from finder.web.public.cards import cards
from finder.web.public.forms import SearchForm
from finder.web.public.sentences import count_sentence, searched_sentence, unmapped_sentence, widened_sentences


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter that is on, and the address of the same search without it."""

    label: str
    without: str


class ResultsPage:
    """A search's answer, in the words and addresses of the page."""

    def __init__(self, form: SearchForm, results: Results) -> None:
        self.form = form
        self.results = results
        self.sentence = searched_sentence(results.asked, form.place.label)
        self.count = count_sentence(results)
        self.widened = widened_sentences(results)
        self.unmapped = unmapped_sentence(results.unmapped)
        self.cards = cards(results.hits, results.as_of.date())

    @property
    def chosen(self) -> list[Chosen]:
        """The filters that are on, in the order of the panel."""
        needs = self.form.needs.data
        return [
            Chosen(term.label(), self.form.address(**{terms.facet: sorted(needs[terms.facet] - {term.code})}))
            for terms in vocabulary().facets
            if terms.facet in needs
            for term in terms.terms
            if term.code in needs[terms.facet]
        ]

    @property
    def pages(self) -> list[tuple[int | None, str]]:
        """Page numbers with their addresses; ``None`` is a gap. Empty where everything is on one page."""
        if self.results.pages <= 1:
            return []
        numbers = page_numbers(self.results.page, self.results.pages)
        return [(number, self.form.address(page=number) if number else "") for number in numbers]
