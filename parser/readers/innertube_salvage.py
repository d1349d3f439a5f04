"""The comments that are whole in an answer that is not: cut, or damaged somewhere.

They are found by their names, wherever they stand, without what they stood in.
"""

import re
from dataclasses import dataclass, field

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


@dataclass(slots=True)
class Salvage:
    """What was found, each as an object of its own: elements of a list, and mutations."""

    items: list[bytes] = field(default_factory=list[bytes])
    mutations: list[bytes] = field(default_factory=list[bytes])


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
        value = data[start:end]
        if wanted["place"]:
            found.items.append(b'{"%b":%b}' % (wanted["place"], value))
        else:
            found.mutations.append(b'{"payload":{"%b":%b}}' % (wanted["said"], value))
    return found
