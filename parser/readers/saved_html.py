"""Reads a video's page that a browser saved, as HTML or MHTML, with the comments on it.

YouTube's watch page (:mod:`parser.readers.saved_html_page`), with the comments that were shown
when it was saved, else with what its scripts hold; and the mirror network's
(:mod:`parser.readers.saved_html_mirror`).
"""

from collections.abc import Iterator

from parser.model import Diagnostic, Slice
from parser.source import Input

_SPACE = "\ufeff \t\r\n"
_LONGEST_HEADER = 4096
"""Characters within which an MHTML file tells that it is one."""


class SavedHtml:
    """The reader of this format. What other texts do not need is imported where it is used."""

    name = "saved-html"
    describe = "a video's page saved by a browser with its comments (.html, .mhtml)"

    def recognises(self, head: str) -> bool:
        """Whether the text is HTML, or MHTML, and the page one of a video on a known site."""
        is_html = head.lstrip(_SPACE).startswith("<")
        if not is_html and "multipart/" not in head[:_LONGEST_HEADER].lower():
            return False
        from parser.readers.saved_html_reading import page_of

        return page_of(head) is not None

    def read(self, source: Input) -> Iterator[Slice]:
        """The comments, as many as a piece of the page holds at a time."""
        from parser.readers.saved_html_reading import page_of, slices

        page = page_of(source.head)
        if page is not None:
            yield from slices(source, page)
        else:
            message = "The file is no saved page of a video on a known site"
            yield Slice([], 0, source.size, diagnostics=(Diagnostic("warning", message),))
