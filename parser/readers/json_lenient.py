"""Decodes JSON that is not quite JSON: NaN, halves of letters, line breaks in strings."""

import re

import msgspec

from parser.readers.json_slices import UNDECODABLE

MISFIT = object()
"""What stands for a text that cannot be decoded at all."""

_ESCAPE = re.compile(
    r"""\\(?:(?P<good>["\\/bfnrt]|u[0-9a-f]{4})|u[0-9a-f]{0,3}|(?P<other>.)|\Z)""",
    re.IGNORECASE | re.DOTALL,
)
_decode = msgspec.json.Decoder().decode


def mended(text: str) -> str:
    """JSON text in which each escape that is none became U+FFFD."""
    return _ESCAPE.sub(_mend, text)


def _mend(escape: re.Match[str]) -> str:
    return escape[0] if escape["good"] else f"\ufffd{escape['other'] or ''}"


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
