"""What was met in a JSON document that is not as it should be."""

from dataclasses import dataclass


@dataclass(slots=True)
class Damage:
    """What was wrong with a document."""

    unreadable: int = 0
    """Elements that could not be read."""
    first_unreadable: int | None = None
    """The place of the first such element in the array, from 1."""
    cut: bool = False
    """The document ends before it is complete."""
    broken: bool = False
    """Something that is no JSON stands in it, and what stands behind was not all read."""
    stray: bool = False
    """A bracket stands among the elements where none belongs."""
    more: bool = False
    """Something stands behind the document's end."""
