"""What stands behind the lists of YouTube's answers of today: the comments' own entities.

A list says of a comment only its keys. The entities that it means are joined by those, in
whatever order they stand; older captures leave some of the keys out, and then the id does.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from msgspec import Raw

from parser.readers.innertube_types import (
    CommentEntity,
    Mutation,
    Payload,
    Surface,
    ToolbarState,
    ViewModel,
)
from parser.readers.innertube_video import VideoFacts
from parser.readers.json_nested import Nested, Taken
from parser.text.clean import clean_line

_MUTATION = Nested(Mutation)
_PAYLOAD = Nested(Payload)
_ENTITY = Nested(CommentEntity)
_STATE = Nested(ToolbarState)
_SURFACE = Nested(Surface)


@dataclass(slots=True)
class Said:
    """What a comment says. ``listed``: a list has named its place."""

    taken: Taken[CommentEntity]
    listed: bool = False

    @property
    def id(self) -> str | None:
        properties = self.taken.value.properties
        name = properties.comment_id if properties else None
        return clean_line(name) or None if name else None

    @property
    def level(self) -> int | None:
        """How deep a reply is in its thread; 0 for the thread's first."""
        properties = self.taken.value.properties
        return properties.reply_level if properties else None


class Entities:
    """The entities of one answer; ``facts`` is told what they say of the video.

    ``lost`` counts those that cannot be read.
    """

    def __init__(self, facts: VideoFacts) -> None:
        self.lost = 0
        self._facts = facts
        self._said: list[Said] = []
        self._by_key: dict[str, Said] = {}
        self._states: dict[str, ToolbarState] = {}

    def take(self, mutations: Iterable[Raw]) -> None:
        """Entities as they stand behind the lists."""
        for data in mutations:
            mutation = _MUTATION.take(bytes(data))
            if mutation is not None and not bytes(mutation.value.payload):
                continue  # one that takes something away
            payload = _PAYLOAD.take(bytes(mutation.value.payload)) if mutation else None
            if mutation is None or payload is None:
                self.lost += 1
                continue
            key = mutation.value.entity_key
            self.take_payload(payload.value, key if isinstance(key, str) else None)

    def named(self, view: ViewModel) -> Said | None:
        """The comment that a list names."""
        for key in (view.comment_key, view.comment_id):
            if key is not None and key in self._by_key:
                return self._by_key[key]
        return None

    def not_listed(self) -> Iterator[Said]:
        """The comments whose places no list has named."""
        return (said for said in self._said if not said.listed)

    def state(self, said: Said, view: ViewModel | None) -> ToolbarState | None:
        """Whether the uploader hearted a comment, where that is said."""
        properties = said.taken.value.properties
        for key in (view and view.toolbar_state_key, properties and properties.toolbar_state_key):
            if key and key in self._states:
                return self._states[key]
        return None

    def take_payload(self, parts: Payload, name: str | None) -> None:
        """An entity, with the key that stands outside of it."""
        if data := bytes(parts.comment_entity_payload):
            entity = _ENTITY.take(data)
            if entity is None or entity.value.properties is None:
                self.lost += 1
            else:
                self._take_comment(name, entity)
        if state := _STATE.take(bytes(parts.engagement_toolbar_state_entity_payload)):
            for one in (name, state.value.key):
                if one is not None:
                    self._states[one] = state.value
        if surface := _SURFACE.take(bytes(parts.comment_surface_entity_payload)):
            tap = surface.value.published_time_command
            self._facts.take_comment_address(tap.innertube_command if tap else None)

    def _take_comment(self, name: str | None, entity: Taken[CommentEntity]) -> None:
        said = Said(entity)
        self._said.append(said)
        properties = entity.value.properties
        for key in (name, entity.value.key, properties and properties.comment_id):
            if key is not None:
                self._by_key.setdefault(key, said)
