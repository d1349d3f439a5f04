"""Keys one at a time: counts, sequences, panes, and other keyboard layouts."""

import pytest
from textual.keys import Keys

from tui.commands import COMMANDS, EVERYWHERE, Place
from tui.keymap import BY_PLACE, MAX_COUNT, PREFIXES, Keymap, Pressed

NAMED = {key.value for key in Keys} | {"space", "question_mark"}
"""What Textual calls keys that are no characters."""


def typed(*keys: str, place: Place = "comments", keymap: Keymap | None = None) -> list[str]:
    """What a row of keys does: each command's name, with its count before it."""
    keymap = keymap or Keymap()
    done: list[str] = []
    for key in keys:
        pressed = keymap.press(key, key if len(key) == 1 else None, place)
        if pressed.command is not None:
            count = "" if pressed.count is None else f"{pressed.count} "
            done.append(count + pressed.command.name)
    return done


def test_every_key_of_every_command_does_it_where_it_works() -> None:
    for command in COMMANDS:
        for place in command.places:
            for key in command.keys:
                parts = list(key) if key[0] in PREFIXES else [key]
                assert typed(*parts, place=place) == [command.name], (key, place)


def test_a_key_of_several_characters_is_a_sequence_or_textuals_name_of_one() -> None:
    for command in COMMANDS:
        for key in command.keys:
            if len(key) > 1:
                assert (key[0] in PREFIXES) != (key in NAMED), key


# Counts


def test_a_number_counts_before_a_motion() -> None:
    assert typed("5", "j") == ["5 down"]
    assert typed("4", "0", "G") == ["40 last"]
    assert typed("j") == ["down"]


def test_a_number_is_used_once() -> None:
    assert typed("3", "j", "j") == ["3 down", "down"]


def test_a_nought_begins_no_number() -> None:
    keymap = Keymap()
    assert keymap.press("0", "0", "comments") == Pressed()
    assert keymap.pending == ""
    assert typed("0", "j") == ["down"]
    assert typed("1", "0", "j") == ["10 down"]


def test_huge_numbers_stop_at_the_largest() -> None:
    assert typed(*"9" * 5000, "j") == [f"{MAX_COUNT} down"]


def test_what_takes_no_number_does_without() -> None:
    assert typed("7", "w", "j") == ["nesting", "down"]
    assert typed("7", "z", "R", "j") == ["unfold-all", "down"]


def test_what_was_typed_so_far_is_told() -> None:
    keymap = Keymap()
    assert keymap.press("1", "1", "comments").pending == "1"
    assert keymap.press("2", "2", "comments").pending == "12"
    assert keymap.press("z", "z", "comments").pending == "12z"
    assert keymap.press("R", "R", "comments").pending == ""
    assert keymap.pending == ""


def test_digits_of_other_scripts_are_no_count() -> None:
    assert typed("٣", "j") == ["down"]
    assert typed("²", "j") == ["down"]


# Sequences


@pytest.mark.parametrize(
    ("keys", "name"),
    [
        ("zR", "unfold-all"),
        ("zM", "fold-all"),
        ("za", "toggle-fold"),
        ("zo", "open-fold"),
        ("zc", "close-fold"),
        ("zz", "centre"),
    ],
)
def test_sequences(keys: str, name: str) -> None:
    assert typed(*keys) == [name]


def test_a_sequence_that_is_none_does_nothing_and_is_over() -> None:
    assert typed("z", "j") == []
    assert typed("z", "j", "j") == ["down"]
    assert typed("z", "3", "j") == ["down"], "a digit inside a sequence is no count"


def test_escape_cancels_what_was_begun_and_nothing_else() -> None:
    assert typed("z", "escape", "j") == ["down"]
    assert typed("5", "escape", "j") == ["down"]
    assert typed("escape") == ["close"]
    assert typed("5", "escape", "escape") == ["close"]


def test_letters_do_not_add_up_to_the_name_of_a_key() -> None:
    """``up``, ``end``, ``tab`` and ``f1`` are keys of their own."""
    assert typed("u", "p") == ["parent"]
    assert typed("e", "n", "d") == ["next-thread", "full-width"]
    assert typed("t", "a", "b", "j") == ["down"]
    assert typed("f", "1", "j") == ["1 down"]


def test_a_sequence_begins_only_where_one_can_end() -> None:
    assert typed("z", "j", place="reading") == ["down"]
    assert typed("z", "z", place="chapters") == ["centre"]


def test_clear_says_whether_there_was_anything() -> None:
    keymap = Keymap()
    assert not keymap.clear()
    keymap.press("z", "z", "comments")
    assert keymap.clear()
    assert typed("j", keymap=keymap) == ["down"]


# Where one is


def test_a_key_means_what_it_means_in_the_pane() -> None:
    assert typed("enter", place="comments") == ["reading"]
    assert typed("enter", place="chapters") == ["about-chapter"]
    assert typed("enter", place="reading") == []
    assert typed("s", place="chapters") == ["chapter-source"]
    assert typed("s", place="comments") == []
    assert typed("l", place="reading") == []


def test_unknown_keys_do_nothing_anywhere() -> None:
    for place in EVERYWHERE:
        assert typed("ö", "ctrl+alt+f7", "漢", place=place) == []


# Names and characters of keys


def test_a_key_is_told_by_the_character_that_it_types() -> None:
    keymap = Keymap()
    for key, character, name in (
        ("right_square_bracket", "]", "next-moment"),
        ("left_curly_bracket", "{", "previous-thread"),
        ("question_mark", "?", "help"),
        ("upper_g", "G", "last"),
    ):
        command = keymap.press(key, character, "comments").command
        assert command is not None
        assert command.name == name


def test_control_keys_are_told_by_their_names() -> None:
    keymap = Keymap()
    for key, character, name in (
        ("ctrl+d", "\x04", "half-down"),
        ("ctrl+c", "c", "cancel"),
        ("space", " ", "read-on"),
        ("escape", "\x1b", "close"),
        ("enter", "\r", "reading"),
        ("tab", "\t", "next-pane"),
    ):
        command = keymap.press(key, character, "comments").command
        assert command is not None
        assert command.name == name


# Other layouts

RUSSIAN = {"о": "j", "л": "k", "п": "g", "П": "G", "н": "y", "ъ": "]", "х": "[", "Х": "{", "м": "v"}
UKRAINIAN = {"о": "j", "ї": "]", "і": "s", "Н": "Y"}
GREEK = {"ξ": "j", "κ": "k", "γ": "g", "Γ": "G", "υ": "y", "ζ": "z", "ς": "w"}
HEBREW = {"ח": "j", "ל": "k", "ע": "g", "ט": "y", "ז": "z", "ה": "v", "ם": "o"}


@pytest.mark.parametrize("layout", [RUSSIAN, UKRAINIAN, GREEK, HEBREW])
def test_letters_work_by_their_place_on_the_keyboard(layout: dict[str, str]) -> None:
    for letter, english in layout.items():
        assert BY_PLACE[letter] == english
        for place in EVERYWHERE:
            assert typed("4", letter, "j", place=place) == typed("4", english, "j", place=place)


def test_sequences_work_in_another_layout() -> None:
    assert typed("я", "К") == ["unfold-all"]
    assert typed("я", "я") == ["centre"]
    assert typed("ζ", "Μ") == ["fold-all"]
    assert typed("3", "о") == ["3 down"]


def test_no_layout_gives_a_key_another_meaning_than_its_own() -> None:
    """What a keyboard types itself in English is never taken for something else."""
    assert not [letter for letter in BY_PLACE if letter.isascii()]
    assert all(len(letter) == 1 and meant.isascii() for letter, meant in BY_PLACE.items())


def test_all_letters_of_the_table_can_be_typed_in_russian_and_greek() -> None:
    letters = {key for c in COMMANDS for key in c.keys if len(key) == 1 and key.isalpha()}
    letters |= {letter for c in COMMANDS for key in c.keys if key[0] in PREFIXES for letter in key}
    meant = set(BY_PLACE.values())
    assert letters <= meant
    greek = {meant for letter, meant in BY_PLACE.items() if "\u0370" <= letter <= "\u03ff"}
    assert letters - greek <= {"q", "Q"}, "the Greek layout has no letter on Q"
