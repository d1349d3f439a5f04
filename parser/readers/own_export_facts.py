"""What commentree's own export says beside the comments: the contract's other parts, read back.

Chapters that came from a comment, references and everything within texts are worked out anew.
"""

from collections.abc import Callable
from typing import ClassVar, cast

from parser.model import Diagnostic, ParseError, StatedChapter, Video
from parser.readers.json_lenient import decode_leniently
from parser.readers.troubles import quoted
from parser.readers.video_fields import day, is_no_id, page_address, web_address, whole
from parser.text.clean import clean_line

_SCHEMA = "commentree/"
_MAJOR = "1"
_LONGEST_SCHEMA = 30
_LONGEST_MESSAGE = 5000
"""Letters of a message, in which paths may stand."""
"""Characters of a schema's name that a message repeats."""

Members = dict[str, object]


def is_schema(schema: str) -> bool:
    """Whether the name of a schema is one of ours, of any version."""
    return schema.startswith(_SCHEMA)


def refusal(schema: str) -> str | None:
    """Why a file of a schema cannot be read; ``None`` if it can."""
    if schema.removeprefix(_SCHEMA).partition(".")[0] == _MAJOR:
        return None
    name = clean_line(schema[:_LONGEST_SCHEMA])
    return f"is written as {name}, by a newer commentree than this one; update it to read the file"


class ExportFacts:
    """Gathers the members of one JSON object, or the lines that are no comments.

    ``odd`` names what is of a wrong kind. ``complete``: what was exported was complete.
    ``present``: the number of comments that the file says it holds; ``ended``: its last line
    was met.
    """

    def __init__(self, name: str) -> None:
        self.changed = False
        self.odd: set[str] = set()
        self.complete = True
        self.page_date: str | None = None
        self.present: int | None = None
        self.ended = False
        self.diagnostics: list[Diagnostic] = []
        self._name = name
        self._video: Members = {}
        self._chapters: list[StatedChapter] = []

    def wants(self, key: str) -> bool:
        """Whether a member of the object says something that is not worked out anew."""
        return key in self._takers

    def take(self, key: str, value: bytes) -> None:
        """One member, as it stands in the file."""
        self._take(key, decode_leniently(value.decode("utf-8", "replace")))

    def take_line(self, kind: str, line: bytes) -> None:
        """A line that is no comment, by its ``type``."""
        if kind not in self._lines:
            return
        found = decode_leniently(line.decode("utf-8", "replace"))
        if not isinstance(found, dict):
            return
        members = cast("Members", found)
        for key in members.keys() & self._lines[kind]:
            self._take(key, members[key])
        if kind == "chapter":
            self._take_chapter(members)
        elif kind == "diagnostic":
            self._take_diagnostic(members)
        elif kind == "end":
            self.ended = True

    def video(self) -> Video:
        """The video as far as it is known by now."""
        self.changed = False
        site, name = self._line("site"), self._line("id")
        if is_no_id(site, name):
            self.odd.add("id")
            name = None
        return Video(
            site=site,
            id=name,
            url=page_address(site, name, web_address(self._line("url"))),
            title=self._line("title"),
            channel=self._line("channel"),
            duration=self._number("duration"),
            published=self._day(self._video, "published"),
            comments_claimed=self._number("comments_claimed"),
            chapters=tuple(self._chapters),
        )

    def _take(self, key: str, found: object) -> None:
        if not self._takers[key](self, found):
            self.odd.add(key)

    # What takes a member's value: false when it is of a wrong kind

    def _take_schema(self, found: object) -> bool:
        if not isinstance(found, str) or not is_schema(found):
            return False
        if why := refusal(found):
            raise ParseError(f"{self._name}: {why}")
        return True

    def _take_source(self, found: object) -> bool:
        if not isinstance(found, dict):
            return False
        members = cast("Members", found)
        self.page_date = self._day(members, "page_date")
        return self._take_complete(members.get("complete"))

    def _take_complete(self, found: object) -> bool:
        if isinstance(found, bool):
            self.complete = self.complete and found
        return isinstance(found, bool)

    def _take_video(self, found: object) -> bool:
        if not isinstance(found, dict):
            return False
        self.changed = True
        self._video = cast("Members", found)
        present = self._video.get("comments_present")
        return present is None or self._take_present(present)

    def _take_present(self, found: object) -> bool:
        self.present = whole(found)
        return self.present is not None

    def _take_chapters(self, found: object) -> bool:
        self.changed = True
        return self._take_each(found, self._take_chapter)

    def _take_diagnostics(self, found: object) -> bool:
        return self._take_each(found, self._take_diagnostic)

    def _take_each(self, found: object, take: Callable[[Members], None]) -> bool:
        if not isinstance(found, list):
            return False
        are_right = True
        for one in cast("list[object]", found):
            if isinstance(one, dict):
                take(cast("Members", one))
            else:
                are_right = False
        return are_right

    def _take_chapter(self, found: Members) -> None:
        origin, machine = found.get("from"), found.get("machine")
        start, end, title = whole(found.get("start")), found.get("end"), found.get("title")
        if origin == "comment":
            return
        if origin not in ("video", "description") or start is None or not isinstance(title, str):
            self.odd.add("chapters")
            return
        self._chapters.append(
            StatedChapter(
                start,
                clean_line(title),
                whole(end),
                machine=machine is True,
                described=origin == "description",
            )
        )

    def _take_diagnostic(self, found: Members) -> None:
        severity, message = found.get("severity"), found.get("message")
        said = quoted(message, _LONGEST_MESSAGE) if isinstance(message, str) else ""
        if severity not in ("warning", "error") or not said:
            self.odd.add("diagnostics")
            return
        line, record = whole(found.get("line")), whole(found.get("record"))
        severity = "error" if severity == "error" else "warning"
        self.diagnostics.append(Diagnostic(severity, said, line or None, record or None))

    _takers: ClassVar[dict[str, "Callable[[ExportFacts, object], bool]"]] = {
        "schema": _take_schema,
        "source": _take_source,
        "video": _take_video,
        "chapters": _take_chapters,
        "diagnostics": _take_diagnostics,
        "comments_present": _take_present,
        "complete": _take_complete,
    }
    _lines: ClassVar[dict[str, frozenset[str]]] = {
        "discussion": frozenset({"schema", "source", "video"}),
        "chapter": frozenset(),
        "diagnostic": frozenset(),
        "end": frozenset({"comments_present", "complete"}),
    }
    """The kinds of lines that say something here, with the members that are taken of them."""

    # The video's members

    def _line(self, key: str) -> str | None:
        value = self._video.get(key)
        if isinstance(value, str):
            return clean_line(value) or None
        self._expect_nothing(key, value)
        return None

    def _number(self, key: str) -> int | None:
        value = self._video.get(key)
        number = whole(value)
        if number is None:
            self._expect_nothing(key, value)
        return number

    def _day(self, members: Members, key: str) -> str | None:
        value = members.get(key)
        found = day(value)
        if found is None:
            self._expect_nothing(key, value)
        return found

    def _expect_nothing(self, key: str, value: object) -> None:
        if value is not None:
            self.odd.add(key)
