"""The yes-or-no facts of a comment, two bits each in one small number."""

from collections.abc import Iterable

FLAGS = ("is_uploader", "is_verified", "is_pinned", "is_hearted", "edited")
"""What the file may say of a comment with yes or no; two bits each in ``Discussion.flags``."""


def pack_flags(values: Iterable[bool | None]) -> int:
    """The facts in the order of ``FLAGS`` as one number; ``None`` where the file does not say."""
    packed = 0
    for place, value in enumerate(values):
        packed |= (0 if value is None else 2 if value else 1) << 2 * place
    return packed


def unpacked_flags(packed: int) -> dict[str, bool | None]:
    """The facts by name."""
    return {name: (None, False, True)[packed >> 2 * place & 3] for place, name in enumerate(FLAGS)}
