"""Where a text addresses someone with an ``@``, and how far the name can reach.

A handle ends by its letters. A display name with a space ends nowhere visible; what decides is
who is known in the discussion (``parser.replies``), and what this module guesses from capitals.
"""

import re
from collections.abc import Sequence

import msgspec

from parser.text.marks import Link

MAX_NAME = 100
"""The longest display name that is looked for (code points)."""
MAX_WORDS = 5

_AT = re.compile(r"@\w(?:[\w.·-]{0,98}\w)?")
_WORD = re.compile(r"[^\s@]{1,100}")
_INVISIBLE = "\u200b\u200e\u200f\u2060\u2066-\u2069\ufeff"
_HANDLE_SIGNS = (".", "-", "·")
_NEVER_IN_NAMES = ("\n", "\t", "@")
_LEADING = re.compile(rf"[\s{_INVISIBLE}]*")
_ENDS_NAME = re.compile(r"[.,:;!?…)\]\"”»]+$")
_TITLES = frozenset({"dr", "mr", "mrs", "ms", "prof", "st", "sr", "jr"})
_PARTICLE_WORDS = "van von der den de del della da di dos du la le bin ibn al el ten ter"
_PARTICLES = frozenset(_PARTICLE_WORDS.split())

_OPENER_WORDS = (
    "i im i'm i’m i'll i’ll you your you're you’re he she it it's it’s its we they this that "
    "that's that’s the there these those a an and or but so if in on at of for as is are was "
    "be what why how who when where which yes yeah yep no nope not ok okay oh ah wow lol haha "
    "well thanks thank thx ty agreed agree exactly right true great good nice same sure sorry "
    "please maybe actually also just my do does did can could would will have has don't don’t "
    "let because from with all very hi hey hello ich du er sie es wir ihr das der die den ein "
    "eine und oder aber ja nein nicht danke genau stimmt wie wo wer warum wenn auch ist sind "
    "hallo я ты он она оно мы вы они это этот эта и а но да нет не спасибо согласен согласна "
    "точно что как почему кто где когда если тоже ну привет так у в на с по за то там же все "
    "всё мой ні це дякую що чому якщо ви ми він вона і й та yo tú él ella nosotros el la los "
    "las un una y o pero sí si gracias exacto que qué como cómo por porque son muy hola je tu "
    "il elle nous vous ils les une et ou mais oui non merci c'est c’est qui quoi pourquoi "
    "comment est très bonjour eu você ele ela nós os um uma e mas sim não obrigado obrigada "
    "isso io lui lei noi voi sono è grazie sì ciao nie tak dzięki dziękuję to jest co jak "
    "czemu ben sen evet hayır teşekkürler bu ne"
)
_OPENERS = frozenset(_OPENER_WORDS.split())
"""Words that begin a sentence behind a name far more often than they belong to one."""

_ADDRESSING_WORDS = (
    "i i'm i’m you your you're you’re yes yeah yep no nope lol haha thanks thank thx agreed "
    "exactly sorry hi hey hello ich du ja nein danke genau stimmt hallo я ты вы да нет спасибо "
    "согласен согласна точно привет ні так дякую ви ти yo tú sí gracias hola je tu vous oui non "
    "merci bonjour eu você sim não obrigado obrigada sì grazie ciao tak nie dzięki evet hayır"
)
_ADDRESSING = frozenset(_ADDRESSING_WORDS.split())
"""Those of them that hardly ever stand behind a verb: what is before them is a whole name."""


class At(msgspec.Struct, frozen=True, gc=False):
    """An ``@`` that addresses someone: its place, and where its first word ends as a handle."""

    start: int
    handle_end: int


def find_ats(text: str, links: Sequence[Link] = ()) -> list[At]:
    """Every ``@`` of a text that can begin a mention; not those in e-mail addresses and links."""
    found: list[At] = []
    place = 0
    for match in _AT.finditer(text):
        start = match.start()
        while place < len(links) and links[place].end <= start:
            place += 1
        if place < len(links) and links[place].start <= start:
            continue
        if not start or not _is_joined(text[start - 1]):
            found.append(At(start, match.end()))
    return found


def is_leading(text: str, start: int) -> bool:
    """Whether nothing but white space stands before a place."""
    return _LEADING.fullmatch(text, 0, start) is not None


def is_whole_handle(text: str, at: At) -> bool:
    """Whether no name of a handle's letters can be longer than the word behind an ``@``."""
    after = text[at.handle_end : at.handle_end + 1]
    return after not in _HANDLE_SIGNS and at.handle_end - at.start <= MAX_NAME


def is_plain_handle(text: str, at: At) -> bool:
    """Whether the word behind an ``@`` can be the handle of someone who is not known."""
    word = text[at.start + 1 : at.handle_end]
    if not any(character.isalpha() for character in word):
        return False
    return len(word) >= (3 if word.isascii() else 2)


def name_words(text: str, at: At) -> tuple[tuple[str, int], ...]:
    """The words behind an ``@`` that a display name may be made of, each with its end.

    The name ends at the line's end or a tab, before another ``@``, at the first word that ends
    in punctuation, and before a word that rather begins what is said.
    """
    stop = min(len(text), at.start + 1 + MAX_NAME)
    for sign in _NEVER_IN_NAMES:
        found_at = text.find(sign, at.start + 1, stop)
        stop = stop if found_at < 0 else found_at
    found: list[tuple[str, int]] = []
    for match in _WORD.finditer(text, at.start + 1, stop):
        word = _ENDS_NAME.sub("", match[0])
        if not word or (found and word.lower() in _OPENERS) or len(found) == MAX_WORDS:
            break
        is_title = word.lower() in _TITLES
        end = match.start() + (len(match[0]) if is_title else len(word))
        found.append((word, end))
        if len(word) < len(match[0]) and not is_title:
            break
    return tuple(found)


def capitalised_end(words: Sequence[tuple[str, int]]) -> int | None:
    """Where a name of two capitalised words ends; ``None`` when the words are no such name."""
    if not words or not _is_capitalised(words[0][0]):
        return None
    for word, end in words[1:4]:
        if _is_capitalised(word):
            return end
        if word.lower() not in _PARTICLES:
            return None
    return None


def ends_as_name(words: Sequence[tuple[str, int]]) -> bool:
    """Whether words that several mentions begin with can be a name to their end.

    A name that begins with a capital ends with one: "Nora Berg sings" has a word too many.
    """
    return bool(words) and (not words[0][0][0].isupper() or not words[-1][0][0].islower())


def is_left_behind(text: str, end: int) -> bool:
    """Whether what follows a name shows that it has ended: a comma, a colon, a sentence."""
    if text[end : end + 1] in (",", ":", "，", "："):
        return True
    following = _WORD.match(text, end + 1)
    return following is not None and _ENDS_NAME.sub("", following[0]).lower() in _ADDRESSING


def _is_joined(before: str) -> bool:
    """Whether a character before an ``@`` makes it part of an address or a path."""
    return before in "._-+/=" or before.isdigit() or before.lower() != before.upper()


def _is_capitalised(word: str) -> bool:
    """Whether a word is written as names are: a capital, then small letters (``O'Brien``)."""
    pieces = re.split(r"['’-]", word.removeprefix("Mc").removeprefix("Mac") or word)
    if len(word) < 2 or not word[0].isupper():
        return False
    return all(
        not piece or (piece.isalpha() and piece[1:] == piece[1:].lower()) for piece in pieces
    )
