"""Which format a file is in, by its content and never by its name."""

from parser.model import ParseError
from parser.readers import Reader, all_readers, readers_for
from parser.source import Input
from parser.text.clean import clean_line


def detect(source: Input) -> Reader:
    """The reader for the input. Raises :class:`ParseError` when it is no known discussion."""
    for reader in readers_for(source.head):
        try:
            is_known = reader.recognises(source.head)
        except ParseError as error:
            raise ParseError(f"{source.name}: {error}") from None
        if is_known:
            return reader
    raise ParseError(f"{source.name}: holds no discussion that can be read ({_known()})")


def reader_named(name: str) -> Reader:
    """The reader of a format. Raises :class:`ParseError` when there is no such format."""
    for reader in all_readers():
        if reader.name == name:
            return reader
    names = ", ".join(reader.name for reader in all_readers())
    raise ParseError(f"there is no format '{clean_line(name)}'; there are: {names}")


def _known() -> str:
    return "known: " + "; ".join(reader.describe for reader in all_readers())
