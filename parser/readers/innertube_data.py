"""YouTube's own answers as they are kept: whole or not, alone or within one another."""

import re
from collections.abc import Iterator

import msgspec

from parser.model import Diagnostic, Record
from parser.readers.innertube_answer import Answers
from parser.readers.innertube_types import Answer
from parser.readers.json_shape import Members, object_in
from parser.readers.json_slices import UNDECODABLE
from parser.readers.json_walk import BLANKS, value_end
from parser.readers.troubles import Tally

_decode = msgspec.json.Decoder(Answer).decode
_decode_all = msgspec.json.Decoder(list[Answer]).decode
_NAMES = dict(zip(Answer.__struct_encode_fields__, Answer.__struct_fields__, strict=True))
_FACTS = frozenset(
    {"contents", "current_video_endpoint", "engagement_panels", "player_overlays",
     "video_details", "microformat", "playability_status"}
)  # fmt: skip
"""The members that tell of the video, by their names in ``Answer``."""
_WITHIN = ("player_response", "response")
"""The members that may be answers themselves."""
_EMPTY = Answer()
_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|(?P<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)
_LISTS = ("onResponseReceivedEndpoints", "onResponseReceivedActions", "continuationContents",
          "frameworkUpdates")  # fmt: skip
"""The members in which comments stand, besides other things in other answers."""
_PLAYER = frozenset({"playabilityStatus", "streamingData", "microformat", "responseContext"})
"""What stands beside a video's details."""


class Document(msgspec.Struct, frozen=True):
    """Something that was kept; ``answer`` is ``None`` where it is not whole.

    Only then its ``data`` matters.
    """

    data: bytes
    answer: Answer | None

    @property
    def is_cut(self) -> bool:
        """Whether it ends before it is complete."""
        return self.answer is None and value_end(self.data, 0) is None


class Kept:
    """Reads what was kept; ``answers`` gathers what it says, ``damaged`` what is not whole."""

    def __init__(self) -> None:
        self.answers = Answers()
        self.damaged = Tally()

    def records(self, document: Document, place: int) -> Iterator[Record]:
        """The comments of the ``place``-th document, from 1."""
        waiting = [document]
        while waiting:
            one = waiting.pop()
            if one.answer is None:
                self.damaged.add(place)
                yield from self._of_damaged(one.data)
                continue
            yield from self.answers.records(one.answer)
            if one is document:
                inner = (bytes(getattr(one.answer, name)) for name in _WITHIN)
                waiting += filter(None, map(document_of, inner))

    @property
    def is_whole(self) -> bool:
        """Whether all of it could be read as it was meant."""
        answers = self.answers
        return answers.comments.is_whole and not (self.damaged.count or answers.lost.count)

    def diagnostics(self) -> Iterator[Diagnostic]:
        """What was odd in the documents."""
        yield from self.answers.missing.told(
            "1 comment is named in the file, but what it says is not there",
            "{} comments are named in the file, but what they say is not there",
        )
        yield from self.answers.lost.told(
            "1 entry of the lists is damaged and left out",
            "{} entries of the lists are damaged and left out",
        )
        yield from self.answers.comments.diagnostics()
        yield from self.answers.facts.diagnostics()

    def _of_damaged(self, data: bytes) -> Iterator[Record]:
        """What can be read of a document that is not whole."""
        facts = Answer()
        for key, value in object_in(data).items():
            name = _NAMES.get(key)
            if name in _FACTS and value_end(value, 0) == len(value):
                setattr(facts, name, msgspec.Raw(value))
        for _ in self.answers.facts.take_page(facts):
            pass
        yield from self.answers.salvaged(data)


def document_of(data: bytes) -> Document | None:
    """A document of the site's, or as much as there is of one; ``None`` for any other."""
    data = data.lstrip(BLANKS)
    if not data.startswith(b"{"):
        return None
    answer = _decoded(data)
    if answer is not None and answer != _EMPTY:
        return Document(b"", answer)
    return Document(data, None) if b'"comment' in data or is_of_site(data) else None


def documents_of(data: bytes) -> list[Document]:
    """The documents of an array, all whole and of the site; raises what msgspec raises."""
    answers = _decode_all(data)
    if _EMPTY in answers:
        raise msgspec.DecodeError
    return [Document(b"", answer) for answer in answers]


def is_of_site(data: bytes) -> bool:
    """Whether an object, which may be cut, has a member that answers have."""
    return not _NAMES.keys().isdisjoint(object_in(data))


def looks_like_answer(found: Members) -> bool:
    """Whether an object is an answer that may hold comments, or tells of a video's page.

    The site answers searches and channels likewise, which are no discussions.
    """
    if found.get("page") == b'"watch"':
        return True
    within = object_in(found.get("response", b""))
    return _is_discussion(found) or _is_discussion(within)


def _is_discussion(found: Members) -> bool:
    if any(b"omment" in found.get(key, b"") for key in _LISTS):
        return True
    if b"WatchNextResults" in found.get("contents", b"") or "currentVideoEndpoint" in found:
        return True
    return "videoDetails" in found and not _PLAYER.isdisjoint(found)


def _decoded(data: bytes) -> Answer | None:
    """What is whole, whatever its characters are."""
    try:
        return _decode(data)
    except UNDECODABLE:
        pass
    try:
        return _decode(_ESCAPE.sub(_mended, data.decode("utf-8", "replace")))
    except UNDECODABLE:
        return None


def _mended(escape: re.Match[str]) -> str:
    """An escape, or what stands for half of a character."""
    return "\ufffd" if escape["half"] else escape[0]
