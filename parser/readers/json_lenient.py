"""Decodes JSON that is not quite JSON: NaN, halves of letters, line breaks in strings."""

import msgspec

from parser.readers.json_slices import UNDECODABLE

MISFIT = object()
"""What stands for a text that cannot be decoded at all."""

_decode = msgspec.json.Decoder().decode


def decode_leniently(text: str) -> object:
    """What a JSON text holds, or ``MISFIT``. The strings may hold lone surrogates."""
    try:
        return _decode(text)
    except UNDECODABLE:
        pass
    import json  # only for what is odd

    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return MISFIT
