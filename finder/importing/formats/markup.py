"""XML from strangers, read piece by piece in bounded memory."""

from collections.abc import Iterable, Iterator
from xml.parsers import expat  # what makes this parser dangerous, document types and entities, is refused below

from finder.importing.bounds import DAMAGED, MEGABYTE, UnreadableFile

_DEEPEST = 64
_LONGEST_TAG_BYTES = MEGABYTE
_STRANGE = "The workbook holds markup that no spreadsheet program writes. Open it in Excel and save it as .xlsx again."


class Elements:
    """Overridden by what wants to hear of a document's elements; names come without their namespace's prefix."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def text(self, data: str) -> None:
        """A piece of text."""

    def end(self, name: str) -> None:
        """An element ends."""


def stream_xml(pieces: Iterable[bytes], elements: Elements) -> Iterator[None]:
    """Tell ``elements`` of a document, and stop after each piece of it so that the caller can take what has come.

    Raises `UnreadableFile` for what is no well-formed XML, and for document types, entities, nesting and tags that
    would take more memory or time than the document's size suggests.
    """
    parser = _parser(elements)
    fed = 0
    try:
        for piece in pieces:
            parser.Parse(piece)
            fed += len(piece)
            if fed - parser.CurrentByteIndex > _LONGEST_TAG_BYTES:
                raise UnreadableFile(_STRANGE)
            yield
        parser.Parse(b"", True)  # noqa: FBT003 (expat's signature: the document ends here)
        yield
    except expat.ExpatError as error:
        raise UnreadableFile(DAMAGED) from error


def _parser(elements: Elements) -> expat.XMLParserType:
    depth = 0
    begin, finish = elements.start, elements.end  # a workbook has a million elements: each step counts

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise UnreadableFile(_STRANGE)
        begin(name.rpartition(":")[2] if ":" in name else name, attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        finish(name.rpartition(":")[2] if ":" in name else name)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = elements.text
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    return parser


def _refuse(*_declaration: object) -> None:
    raise UnreadableFile(_STRANGE)
