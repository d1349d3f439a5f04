"""From keys to commands: counts, sequences, and other keyboard layouts."""

import msgspec

from tui.commands import COMMANDS, Command, Place

MAX_COUNT = 999_999_999
DIGITS = frozenset("0123456789")
PREFIXES = frozenset("z")
"""Keys that begin a sequence. Not told by the keys themselves: ``up`` is no ``u`` and ``p``."""

_LAYOUTS = (
    # The letters of one keyboard row after another, and what the same keys type in English.
    ("йцукенгшщзхъфывапролджэячсмитьбю", "qwertyuiop[]asdfghjkl;'zxcvbnm,."),
    ("ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ", 'QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>'),
    ("іїґєІЇҐЄ", "s]\\'S}|\""),
    ("ςερτυθιοπασδφγηξκλζχψωβνμ", "wertyuiopasdfghjklzxcvbnm"),
    ("ΕΡΤΥΘΙΟΠΑΣΔΦΓΗΞΚΛΖΧΨΩΒΝΜ", "ERTYUIOPASDFGHJKLZXCVBNM"),
    ("קראטוןםפשדגכעיחלךףזסבהנמצתץ", "ertyuiopasdfghjkl;zxcvbnm,."),
)
BY_PLACE = {typed: meant for layout in _LAYOUTS for typed, meant in zip(*layout, strict=True)}
"""What a letter of a Cyrillic, Greek or Hebrew layout means by its place on the keyboard."""


class Pressed(msgspec.Struct, frozen=True):
    """What a key press came to: a command with the number typed before it, or neither yet.

    ``pending`` is what was typed of a count or a sequence so far, for the footer.
    """

    command: Command | None = None
    count: int | None = None
    pending: str = ""


class Keymap:
    """Reads keys one at a time and says which command they mean where one is."""

    def __init__(self) -> None:
        self._keys: dict[Place, dict[str, Command]] = {}
        for command in COMMANDS:
            for place in command.places:
                for key in command.keys:
                    self._keys.setdefault(place, {})[key] = command
        self._count = ""
        self._prefix = ""

    @property
    def pending(self) -> str:
        """What was typed of a count and a sequence so far."""
        return self._count + self._prefix

    def clear(self) -> bool:
        """Forget what was typed so far; whether there was anything."""
        had = bool(self.pending)
        self._count = self._prefix = ""
        return had

    def press(self, key: str, character: str | None, place: Place) -> Pressed:
        """Take one key: Textual's name of it and the character that it types, if any."""
        typed = self._name(key, character)
        keys = self._keys[place]
        if typed == "escape" and self.clear():
            return Pressed()
        if not self._prefix and typed in DIGITS and (self._count or typed != "0"):
            self._count = str(min(MAX_COUNT, int(self._count + typed)))
            return Pressed(pending=self.pending)
        sequence = self._prefix + typed
        if command := keys.get(sequence):
            count = int(self._count) if self._count and command.counts else None
            self.clear()
            return Pressed(command, count)
        if sequence in PREFIXES and any(known[0] == sequence for known in keys if len(known) > 1):
            self._prefix = sequence
            return Pressed(pending=self.pending)
        self.clear()
        return Pressed()

    @staticmethod
    def _name(key: str, character: str | None) -> str:
        if character and character.isprintable() and character != " " and "ctrl+" not in key:
            return BY_PLACE.get(character, character)
        return key
