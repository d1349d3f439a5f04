"""Which of many texts can say anything at all: one cheap look at all of them.

Most comments name no moment, hold no link and cite nothing. To ask each text for each rule
would cost more than what is found, so the texts are joined and asked together; where the
answer is yes, its place tells the text. A gate may let a text through in which the rule then
finds nothing, never the other way round.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from parser.text.citations import BRACKETS
from parser.text.entries import may_hold_entries
from parser.text.links import WWW_GATE
from parser.text.timestamps import TIME_GATES

_MOST_LETTERS = 65_536
"""Texts so long in all pass the gates at a time: a third of a millisecond."""


def short_in_all(texts: list[str]) -> list[str]:
    """Those at the beginning of some texts that are not too long in all; at least one."""
    if sum(map(len, texts)) > _MOST_LETTERS:
        del texts[bisect_left(list(accumulate(map(len, texts))), _MOST_LETTERS) + 1 :]
    return texts


class Gates:
    """What some texts can hold, each as the ascending places of those among them that can."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._joined = "\n".join(texts)
        self._ends: list[int] = []

    def times(self) -> list[int]:
        """The texts in which there can be times."""
        found: set[int] = set()
        for sign, form in TIME_GATES:
            if sign in self._joined:
                found.update(self._places(form))
        return sorted(found)

    def links(self) -> list[int]:
        """The texts in which there can be links."""
        found = set(self._with("/"))
        if "." in self._joined:
            found.update(self._places(WWW_GATE))
        return sorted(found)

    def ats(self) -> list[int]:
        """The texts that have an ``@``."""
        return self._with("@")

    def marks(self) -> list[int]:
        """The texts in which there can be marks that cite."""
        return sorted({place for sign in BRACKETS for place in self._with(sign)})

    def entries(self) -> list[int]:
        """The texts in which there can be lists of references; those of one line cannot."""
        places = [place for place, text in enumerate(self._texts) if "\n" in text]
        if not may_hold_entries("\n".join([self._texts[place] for place in places])):
            return []
        return [place for place in places if may_hold_entries(self._texts[place])]

    def _with(self, sign: str) -> list[int]:
        """The texts that have a sign."""
        if sign not in self._joined:
            return []
        return [place for place, text in enumerate(self._texts) if sign in text]

    def _places(self, form: re.Pattern[str]) -> Iterator[int]:
        """The texts in which a form without line breaks is found, once for each time."""
        for match in form.finditer(self._joined):
            if not self._ends:
                # With what parts each text from the next.
                self._ends = list(accumulate(len(text) + 1 for text in self._texts))
            yield bisect_right(self._ends, match.start())
