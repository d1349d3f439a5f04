"""The comments that are whole in an answer that is not: cut, or damaged somewhere.

They are found by their names, wherever they stand, without what they stood in.
"""

import re
from dataclasses import dataclass, field

from msgspec import Raw

from parser.readers.innertube_types import Item, Payload
from parser.readers.json_walk import value_end

_WANTED = re.compile(
    rb'"(?P<place>commentViewModel|commentRenderer|commentsHeaderRenderer)"\s{0,9}:\s{0,9}(?=\{)'
    rb'|"(?P<said>commentEntityPayload|engagementToolbarStateEntityPayload'
    rb'|commentSurfaceEntityPayload)"\s{0,9}:\s{0,9}(?=\{)'
)
_TRIES = 4
"""Bytes that may be looked at for each byte of the answer: what is made to deceive has many
beginnings without an end."""
_LEAST = 1 << 16
_ITEM_FIELDS = dict(zip(Item.__struct_encode_fields__, Item.__struct_fields__, strict=True))
_PAYLOAD_FIELDS = dict(
    zip(Payload.__struct_encode_fields__, Payload.__struct_fields__, strict=True)
)


@dataclass(slots=True)
class Salvage:
    """What was found, each as if it had stood alone: elements of a list, and entities."""

    items: list[Item] = field(default_factory=list[Item])
    payloads: list[Payload] = field(default_factory=list[Payload])


def salvaged(data: bytes) -> Salvage:
    """All that is whole."""
    found = Salvage()
    at, left = 0, _TRIES * len(data) + _LEAST
    while left > 0 and (wanted := _WANTED.search(data, at)):
        start = at = wanted.end()
        end = value_end(data, start)
        if end is None:
            left -= len(data) - start
            continue
        at = end
        value = Raw(data[start:end])
        if name := wanted["place"]:
            found.items.append(Item(**{_ITEM_FIELDS[name.decode()]: value}))
        else:
            found.payloads.append(Payload(**{_PAYLOAD_FIELDS[wanted["said"].decode()]: value}))
    return found
