"""What one text says, as plain values.

Every ``start``/``end`` pair is a half-open span in Unicode code points of the text
that was looked at, and ``text[start:end]`` spells the item's ``text``.
"""

from typing import Literal

import msgspec

Certainty = Literal["certain", "likely"]


class VideoAddress(msgspec.Struct, frozen=True):
    """A video that an address names: its site's key, its id there, and a second in it."""

    site: str
    id: str
    seconds: int | None = None


class Timestamp(msgspec.Struct, frozen=True, gc=False):
    """A moment of the discussed video, in whole seconds from its start.

    ``why`` says in one line, for people, which rule found a likely one and on what
    evidence; it is empty for a certain one.
    """

    start: int
    end: int
    text: str
    seconds: int
    end_seconds: int | None = None
    certainty: Certainty = "certain"
    why: str = ""


class Link(msgspec.Struct, frozen=True, gc=False):
    """An http(s) address in the text; ``url`` is absolute and opens, ``text`` is as written."""

    start: int
    end: int
    text: str
    url: str
    video: VideoAddress | None = None


class Mention(msgspec.Struct, frozen=True, gc=False):
    """An author that a comment addresses.

    ``author`` is the handle with its ``@``, or a display name without one, as the author of
    a comment in this discussion is spelt where there is one. ``comment`` is the index of
    the comment that is meant, where the thread holds it.
    """

    start: int
    end: int
    author: str
    comment: int | None = None


class Citation(msgspec.Struct, frozen=True, gc=False):
    """A mark such as ``[1]`` that resolves to a reference of this discussion."""

    start: int
    end: int
    label: str
