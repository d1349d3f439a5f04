"""Which comments a set holds, in 8 KB at most, so that two saved files can be compared.

A sketch keeps the hashes of a set's comment ids, of large sets the ``LIMIT`` smallest only
(a bottom-k sketch). Up to the largest hash that both sketches are sure to know, each holds
all of its set's members, so the share that they have in common there estimates the share
that the sets have in common: exactly for sets of up to ``LIMIT``, within a few per cent for
larger ones of like size. Nothing is random, so the same set always gives the same sketch.
"""

import heapq
import zlib
from array import array
from collections.abc import Iterable
from sys import byteorder

LIMIT = 1024
"""How many hashes a sketch keeps; 8 bytes each."""


def sketch(ids: Iterable[str]) -> bytes:
    """The sketch of distinct ids: ascending 8-byte hashes, little-endian.

    A checksum picks the ids, since it has to look at all of them (a fifth of a second for a
    million); only the few that are kept get their second half from a real hash.
    """
    from hashlib import blake2b  # only here: a start reads settings from the same store

    checksum = zlib.crc32
    encoded = (id_.encode("utf-8", "replace") for id_ in ids)
    smallest = heapq.nsmallest(LIMIT, ((checksum(one), one) for one in encoded))
    hashes = array(
        "Q",
        sorted(
            check << 32 | int.from_bytes(blake2b(one, digest_size=4).digest(), "little")
            for check, one in smallest
        ),
    )
    if byteorder == "big":
        hashes.byteswap()
    return hashes.tobytes()


def shared(one: bytes, other: bytes) -> float:
    """Which part of the smaller set's members the larger one has too, 0 to 1.

    Measured against the smaller set because a page saved again later has more comments, and
    one that was cut has fewer. 0 where the sketches have no common ground (two empty sets;
    a small set whose members all lie above what the other's sketch knows).
    """
    mine, theirs = _members(one), _members(other)
    ground = min(_known_up_to(mine), _known_up_to(theirs))
    smaller = min(sum(member <= ground for member in side) for side in (mine, theirs))
    # What both have lies on the common ground by itself.
    return len(mine & theirs) / smaller if smaller else 0.0


def _members(data: bytes) -> set[int]:
    hashes = array("Q")
    whole = len(data) // 8 * 8  # a store that was tampered with must not stop the program
    hashes.frombytes(data[:whole])
    if byteorder == "big":
        hashes.byteswap()
    return set(hashes)


def _known_up_to(members: set[int]) -> int:
    """The largest hash up to which a sketch knows all its set's members."""
    return max(members) if len(members) >= LIMIT else 2**64
