"""Which comment's list of references a label in a comment means."""

from collections.abc import Iterable

from parser.text.marks import Citation

_Holders = dict[str, int | None]
"""Which comment's list has a label; ``None`` where several have it."""


class Holders:
    """The comments that hold lists of references, by thread and altogether; grows with them.

    A label is looked for in the lists of the comment's thread. Only where a thread has none
    does a list elsewhere in the discussion count, and either way only one that is alone in
    having the label.
    """

    def __init__(self) -> None:
        self.lists = 0
        """How many comments hold a list: what was resolved before holds until this grows."""
        self._by_thread: dict[int, _Holders] = {}
        self._everywhere: _Holders = {}

    def __bool__(self) -> bool:
        return bool(self._everywhere)

    def add(self, thread: int, comment: int, labels: Iterable[str]) -> None:
        """Takes in the labels of the list in a comment; ``thread`` is its first comment."""
        self.lists += 1
        held = set(labels)
        for holders in (self._by_thread.setdefault(thread, {}), self._everywhere):
            for label in held:
                holders[label] = None if label in holders else comment

    def find(self, thread: int, label: str, *, elsewhere: bool) -> int | None:
        """The comment whose list has a label; ``elsewhere``: outside of the thread, too."""
        own = self._by_thread.get(thread)
        if own is None:
            return self._everywhere.get(label) if elsewhere else None
        return own.get(label)


def stands_free(text: str, mark: Citation, before: Citation | None) -> bool:
    """Whether a mark is a word of its own, not glued to one like ``1950.[1]`` or ``array[1]``.

    Text that was copied from an encyclopedia has its marks glued; they mean a list that was
    not copied. ``before`` is the free mark before it: in ``[1][2]`` both are free.
    """
    if before is not None and mark.start - before.end <= 1:
        return True
    return mark.start == 0 or not _glues(text[mark.start - 1])


def _glues(character: str) -> bool:
    cased = character.lower() != character.upper()
    return cased or character.isdigit() or character in "_)].,;:!?\"'”’»%"
