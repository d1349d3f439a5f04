"""Small discussions for tests, made without any file."""

from typing import Any

from parser.model import Discussion, Record, Source, Video
from parser.threads import Builder

Said = str | tuple[str | None, str] | tuple[str | None, str, int | None]
"""A text, or an author and a text, or these and the number of the comment that it replies to."""


def discussion(*said: Said, video: Video | None = None, **facts: dict[int, Any]) -> Discussion:
    """A discussion of these comments, numbered as they are given.

    ``facts`` are more fields of the records, by comment: ``likes={0: 12}``.
    """
    records: list[Record] = []
    for number, one in enumerate(said):
        author, text, parent = _parts(one)
        more = {name: values[number] for name, values in facts.items() if number in values}
        above = None if parent is None else str(parent)
        records.append(Record(id=str(number), text=text, author=author, parent=above, **more))
    made = Discussion(Source("test", "test"), video)
    builder = Builder(made)
    builder.add(records)
    builder.finish()
    assert made.ids == [str(number) for number in range(len(said))], "give them in pre-order"
    return made


def _parts(one: Said) -> tuple[str | None, str, int | None]:
    if isinstance(one, str):
        return None, one, None
    return (*one, None) if len(one) == 2 else one
