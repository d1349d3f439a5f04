"""Which format a file is in, by its content and never by its name."""

from parser.model import ParseError
from parser.readers import Reader, all_readers, readers_for
from parser.source import Input
from parser.text.clean import clean_line


def detect(source: Input) -> Reader:
    """The reader for the input. Raises :class:`ParseError` when it is no known discussion.

    In JSON, whose members may stand in any order, it is looked further where the beginning
    does not tell.
    """
    while True:
        reader = _reader_for(source)
        if reader is not None:
            return reader
        if source.head.lstrip()[:1] not in ("{", "[") or not source.look_further():
            raise ParseError(f"{source.name}: holds no discussion that can be read ({_known()})")


def _reader_for(source: Input) -> Reader | None:
    for reader in readers_for(source.head):
        try:
            if reader.recognises(source.head):
                return reader
        except ParseError as error:
            raise ParseError(f"{source.name}: {error}") from None
    return None


def reader_named(name: str) -> Reader:
    """The reader of a format. Raises :class:`ParseError` when there is no such format."""
    for reader in all_readers():
        if reader.name == name:
            return reader
    names = ", ".join(reader.name for reader in all_readers())
    raise ParseError(f"there is no format '{clean_line(name)}'; there are: {names}")


def _known() -> str:
    return "known: " + "; ".join(reader.describe for reader in all_readers())
