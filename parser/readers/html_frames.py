"""The elements of a page that matter, while they are open: no tree of the whole is made."""

from collections.abc import Sequence

DEEPEST = 1000
"""Elements that are followed within one another; real pages have a dozen."""


class Frame:
    """An element that is open. ``nested`` counts others of its name that are open within it."""

    __slots__ = ("kind", "name", "nested")

    def __init__(self, name: str, kind: str) -> None:
        self.name = name
        self.kind = kind
        self.nested = 0


class Frames:
    """Which of the elements that matter are open, the innermost last.

    Whatever the tags, a tag costs no more than the elements it opens or closes.
    """

    def __init__(self) -> None:
        self._stack: list[Frame] = []
        self._named: dict[str, list[Frame]] = {}
        self._kinds: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._stack)

    @property
    def kind(self) -> str:
        """What the innermost is; ``""`` where none is open."""
        return self._stack[-1].kind if self._stack else ""

    def has(self, kind: str) -> bool:
        """Whether an element of this kind is open."""
        return self._kinds.get(kind, 0) > 0

    def pass_over(self, name: str) -> None:
        """An element begins that does not matter, but may have the name of one that does."""
        if same := self._named.get(name):
            same[-1].nested += 1

    def open(self, name: str, kind: str) -> bool:
        """An element begins that matters; false where too many are open to follow it."""
        if len(self._stack) >= DEEPEST:
            self.pass_over(name)
            return False
        frame = Frame(name, kind)
        self._stack.append(frame)
        self._named.setdefault(name, []).append(frame)
        self._kinds[kind] = self._kinds.get(kind, 0) + 1
        return True

    def close(self, name: str) -> Sequence[str]:
        """An element ends: the kinds of all that matter and end with it, the innermost first."""
        same = self._named.get(name)
        if not same:
            return ()
        frame = same[-1]
        if frame.nested:
            frame.nested -= 1
            return ()
        ended = [self.pop()]
        while same and same[-1] is frame:
            ended.append(self.pop())
        return ended

    def close_to(self, *kinds: str) -> Sequence[str]:
        """Ends what is open within the innermost element of one of these kinds."""
        ended: list[str] = []
        if not any(self.has(kind) for kind in kinds):
            return self.close_all()
        while self._stack[-1].kind not in kinds:
            ended.append(self.pop())
        return ended

    def close_all(self) -> Sequence[str]:
        """Ends all that is open."""
        return [self.pop() for _ in range(len(self._stack))]

    def pop(self) -> str:
        """Ends the innermost; its kind."""
        frame = self._stack.pop()
        self._named[frame.name].pop()
        self._kinds[frame.kind] -= 1
        return frame.kind
