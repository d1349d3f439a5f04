"""Ages and dates of comments: an age counts as written, a date only where no age is less exact."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from parser.model import UNKNOWN
from parser.readers.columns import EDITED
from parser.text.ages import parse_age, split_edited
from parser.text.clean import clean_line

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST_AGE = 200
"""Characters of an age beyond which it is not worth remembering."""
_MOST_AGES = 4096

Age = tuple[str | None, int, int]
"""An age as it is written, its days, and what ``EDITED`` has for its mark that says so."""


class Ages(dict[str | None, Age]):
    """What each age that was met says; most of a million comments share a few hundred."""

    def __missing__(self, text: str | None) -> Age:
        age = read_age(text)
        if len(self) < _MOST_AGES and len(text or "") <= _LONGEST_AGE:
            self[text] = age
        return age


def read_age(text: str | None) -> Age:
    """What an age says that stands in a file."""
    if text is None:
        return None, UNKNOWN, 0
    line = clean_line(text)
    written, edited = split_edited(line)
    days = parse_age(line).days
    return written or None, UNKNOWN if days is None else days, EDITED[edited or None]


def dates(ages: Sequence[str | None], timestamps: Sequence[float | None]) -> list[str | None]:
    """When comments were written, by their unix times, where there is no age.

    Programs work such times out from the site's ages, and would make them look exact.
    """
    if None not in ages:
        return [None] * len(ages)
    return [
        None if age is not None else date_of(timestamp)
        for age, timestamp in zip(ages, timestamps, strict=True)
    ]


def date_of(timestamp: float | None) -> str | None:
    """A unix time as ISO 8601 in UTC, in whole seconds; ``None`` where no calendar has it."""
    if timestamp is None:
        return None
    try:
        moment = _EPOCH + timedelta(seconds=timestamp)
    except (OverflowError, ValueError):
        return None
    return moment.replace(microsecond=0).isoformat().replace("+00:00", "Z")
