"""The table of commands: complete, without clashes, and what help and footer make of it."""

import inspect
from collections import Counter

from tui.commands import (
    BY_NAME,
    COMMANDS,
    EVERYWHERE,
    FOOTER,
    FOOTER_KEYS,
    FOOTER_LABELS,
    GROUPS,
    WITH_COUNT,
    grouped,
    hints,
    in_place,
)
from tui.keymap import PREFIXES, Keymap
from tui.screens.reader import ReaderScreen


def test_the_reader_can_do_every_command() -> None:
    for command in COMMANDS:
        method = getattr(ReaderScreen, command.method, None)
        assert callable(method), command.method
        parameters = list(inspect.signature(method).parameters)
        assert len(parameters) == 2, f"{command.method} takes the screen and a count"


def test_everything_the_reader_can_do_is_a_command() -> None:
    done = {name for name in dir(ReaderScreen) if name.startswith("do_")}
    assert done == {command.method for command in COMMANDS}


def test_names_are_unique() -> None:
    assert len(BY_NAME) == len(COMMANDS)


def test_no_key_means_two_things_in_one_place() -> None:
    for place in EVERYWHERE:
        keys = Counter(key for command in in_place(place) for key in command.keys)
        assert not [key for key, count in keys.items() if count > 1], place


def test_no_key_begins_a_sequence_and_is_a_command_as_well() -> None:
    for place in EVERYWHERE:
        keys = {key for command in in_place(place) for key in command.keys}
        assert not keys & PREFIXES


def test_no_digit_is_a_key() -> None:
    """They are counts."""
    assert not [key for command in COMMANDS for key in command.keys if key.isdigit()]


def test_every_command_says_what_it_does_and_shows_its_keys() -> None:
    for command in COMMANDS:
        assert command.help, command.name
        assert command.keys, command.name
        assert command.places, command.name
        shown = command.shows.lower().split()
        first = command.keys[0]
        named = {"pagedown": "pgdn", "pageup": "pgup", "escape": "esc"}.get(first, first)
        assert named.lower() in shown, (command.name, command.shows)


def test_the_help_has_every_command_once() -> None:
    helped = [command for _, commands in grouped() for command in commands]
    assert sorted(c.name for c in helped) == sorted(BY_NAME)
    assert [group for group, _ in grouped()] == list(GROUPS)
    assert all(commands for _, commands in grouped())


def test_the_footer_offers_only_what_works_there() -> None:
    assert set(FOOTER) == set(EVERYWHERE)
    for place, names in FOOTER.items():
        assert len(set(names)) == len(names) <= 6
        for name in names:
            assert place in BY_NAME[name].places, (place, name)


def test_the_footer_labels_everything_that_it_offers() -> None:
    keymap = Keymap()
    for place in EVERYWHERE:
        for hint in hints(place):
            assert hint.label, (place, hint.command)
            for key in hint.key.split():
                if len(key) == 1:
                    command = keymap.press(key, key, place).command
                    assert command is not None, (place, hint)


def test_what_the_footer_says_exists() -> None:
    assert set(FOOTER_KEYS) <= set(BY_NAME)
    assert {name for name, _ in FOOTER_LABELS} <= set(BY_NAME)
    for name, place in FOOTER_LABELS:
        assert name in FOOTER[place], "else nobody would ever see the words"


def test_the_footer_shows_a_pair_of_keys_as_one() -> None:
    shown = {hint.command: hint.key for hint in hints("comments")}
    assert shown["next-moment"] == "] ["
    assert shown["copy"] == "y"
    assert shown["read-on"] == "space"


def test_with_a_number_typed_the_footer_offers_what_takes_one() -> None:
    for place in EVERYWHERE:
        offered = list(hints(place, counting=True))
        assert [hint.command for hint in offered] == list(WITH_COUNT)
        for hint in offered:
            command = BY_NAME[hint.command]
            assert hint.label
            assert command.counts, command.name
            assert place in command.places, (place, command.name)


def test_what_shows_a_word_for_numbers_takes_them() -> None:
    for command in COMMANDS:
        assert command.counts or not command.with_count, command.name
        assert bool(command.with_count) == (command.name in WITH_COUNT), command.name


def test_the_words_are_plain() -> None:
    for command in COMMANDS:
        for words in (command.help, command.label, command.with_count):
            assert "!" not in words
            assert not words.endswith(".")
            assert words[:1] == words[:1].lower()
