"""The look in every theme: what is text can be read, and every sign has a twin as wide."""

import pytest
from msgspec.structs import astuple
from rich.cells import cell_len
from textual.app import App
from textual.color import Color
from textual.style import Style
from textual.theme import BUILTIN_THEMES

from tests.tui.sessions import look_of
from tui.look import (
    ASCII,
    LOUD,
    MIN_CONTRAST,
    MIN_ORNAMENT,
    UNICODE,
    Glyphs,
    Inks,
    Look,
    contrast,
    glyphs_for,
    make_look,
)

GROUNDS = ("plain", "selected", "unfocused", "panel")
SIGNS = ("bar", "rule")
"""Inks of what is no text and says where one is."""
ORNAMENT = ("faint",)
COLOURED = [name for name in BUILTIN_THEMES if not name.startswith("ansi-")]
ANSI = [name for name in BUILTIN_THEMES if name.startswith("ansi-")]


def inks_of(look: Look) -> list[tuple[str, str, Style]]:
    """Every ink on every ground: the ground's name, the ink's, the style."""
    return [
        (ground, ink, getattr(getattr(look, ground), ink))
        for ground in GROUNDS
        for ink in Inks.__struct_fields__
    ]


def measured(style: Style) -> float:
    assert style.foreground is not None
    assert style.background is not None
    assert style.foreground.a == style.background.a == 1, "panes draw their own lines"
    return contrast(style.foreground, style.background)


# Contrast


@pytest.mark.parametrize("theme", COLOURED)
def test_all_text_can_be_read_on_every_ground(theme: str) -> None:
    look = look_of(theme)
    for ground, name, style in inks_of(look):
        if name not in (*SIGNS, *ORNAMENT):
            assert measured(style) >= MIN_CONTRAST, (ground, name)
    for styles in (look.loud, look.loud_selected):
        assert len(styles) == len(LOUD)
        for style in styles:
            assert measured(style) >= MIN_CONTRAST


@pytest.mark.parametrize("theme", COLOURED)
def test_the_bar_and_the_focused_rule_can_be_seen(theme: str) -> None:
    for ground, name, style in inks_of(look_of(theme)):
        if name in SIGNS:
            assert measured(style) >= MIN_ORNAMENT, (ground, name)


@pytest.mark.parametrize("theme", COLOURED)
def test_ornament_stays_behind_what_is_glanced_at(theme: str) -> None:
    for ground in GROUNDS:
        inks: Inks = getattr(look_of(theme), ground)
        faint, dim, text = measured(inks.faint), measured(inks.dim), measured(inks.text)
        assert 1 < faint < dim <= text, ground


@pytest.mark.parametrize("theme", COLOURED)
def test_louder_chapters_stand_on_more_of_the_warm_colour(theme: str) -> None:
    look = look_of(theme)
    ground = look.plain.text.background
    assert ground is not None
    assert look.loud[0].background == ground
    distances: list[float] = []
    for style in look.loud:
        assert style.background is not None
        distances.append(sum(abs(a - b) for a, b in zip(style.background.rgb, ground.rgb)))  # noqa: B905
    assert distances == sorted(set(distances)), "each level is told from the one before"


async def test_every_theme_makes_a_look_while_the_program_runs() -> None:
    app = App[None]()
    async with app.run_test() as pilot:
        for theme in BUILTIN_THEMES:
            app.theme = theme
            await pilot.pause()
            look = make_look(app.theme_variables, UNICODE, app.native_ansi_color)
            assert look == look_of(theme)
            assert app.native_ansi_color == (theme in ANSI)


def test_colours_with_an_opacity_are_taken_without_it() -> None:
    variables = dict.fromkeys(_names(), "#808080")
    variables |= {"background": "#000000", "panel": "#101010 40%", "border": "#81a1c1 35%"}
    variables |= {"text": "auto 87%", "foreground": "#ffffff 90%"}
    look = make_look(variables, UNICODE, ansi=False)
    assert look.panel.text.background == Color(16, 16, 16)
    assert look.plain.text.foreground == Color(255, 255, 255)


def _names() -> list[str]:
    texts = ("primary", "secondary", "success", "warning", "error")
    return ["foreground", "primary", "accent", "warning", *(f"text-{name}" for name in texts)]


@pytest.mark.parametrize("ground", ["#000000", "#404040", "#777777", "#808080", "#c0c0c0"])
@pytest.mark.parametrize("front", ["#777777", "#ff0000", "#00ff00", "#ffffff", "#000000"])
def test_any_two_colours_of_a_theme_can_be_read(ground: str, front: str) -> None:
    variables = dict.fromkeys(_names(), front) | {"background": ground, "panel": ground}
    look = make_look(variables, UNICODE, ansi=False)
    assert measured(look.plain.text) >= MIN_CONTRAST
    assert measured(look.plain.dim) >= MIN_CONTRAST


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21), ("#ffffff", "#777777", 4.48), ("#0000ff", "#ffffff", 8.59)],
)
def test_contrast_is_what_the_guidelines_say(one: str, other: str, ratio: float) -> None:
    """The values are those of well-known contrast checkers."""
    pair = Color.parse(one), Color.parse(other)
    assert round(contrast(*pair), 2) == ratio
    assert contrast(*pair) == contrast(*reversed(pair))


# Meaning without colour


def test_what_can_be_acted_on_is_underlined_and_likely_is_italic() -> None:
    for theme in (*COLOURED, *ANSI):
        inks = look_of(theme).plain
        assert inks.moment.underline
        assert inks.link.underline
        assert inks.likely.italic
        assert not inks.likely.underline
        assert inks.current.bold
        assert inks.current.reverse
        assert inks.current_likely.italic


@pytest.mark.parametrize("theme", ANSI)
def test_terminal_colours_have_no_grounds(theme: str) -> None:
    look = look_of(theme)
    for ground, name, style in inks_of(look):
        assert style.background is None, (ground, name)
    assert all(style.background is None for style in (*look.loud, *look.loud_selected))


@pytest.mark.parametrize("theme", ANSI)
def test_without_grounds_dims_are_dim_and_the_selected_row_is_bold(theme: str) -> None:
    look = look_of(theme)
    assert look.plain.dim.dim
    assert look.plain.faint.dim
    assert not look.plain.text.dim
    for ink in Inks.__struct_fields__:
        assert getattr(look.selected, ink).bold, ink
    assert not look.plain.text.bold
    assert all(style.bold for style in look.loud_selected)


@pytest.mark.parametrize("theme", ANSI)
def test_terminal_colours_are_named_not_mixed(theme: str) -> None:
    for ground, name, style in inks_of(look_of(theme)):
        if style.foreground is not None:
            assert style.foreground.ansi is not None, (ground, name)


# Glyphs


def test_every_sign_has_a_twin_as_wide() -> None:
    for sign in Glyphs.__struct_fields__:
        one, twin = getattr(UNICODE, sign), getattr(ASCII, sign)
        assert cell_len(one) == cell_len(twin) == len(twin), sign
        assert twin.isascii()
        assert twin.isprintable()


def test_signs_that_stand_for_opposites_differ() -> None:
    for glyphs in (UNICODE, ASCII):
        assert glyphs.folded != glyphs.unfolded
        assert glyphs.arm != glyphs.last_arm
        assert glyphs.arm != glyphs.guessed_arm
        assert glyphs.last_arm != glyphs.guessed_last_arm
        assert glyphs.rule != glyphs.done
        assert all(astuple(glyphs))


@pytest.mark.parametrize(
    "env",
    [
        {"LANG": "de_DE.UTF-8"},
        {"LANG": "C.utf8", "TERM": "xterm"},
        {"LANG": "ru_RU.KOI8-R", "LC_ALL": "en_US.UTF-8"},
        {"LANG": "ru_RU.KOI8-R", "LC_CTYPE": "en_US.UTF-8"},
    ],
)
def test_a_terminal_that_can_gets_the_signs(env: dict[str, str]) -> None:
    assert glyphs_for(env) is UNICODE


@pytest.mark.parametrize(
    "env",
    [
        {"TERM": "linux", "LANG": "en_US.UTF-8"},
        {"LANG": "ru_RU.KOI8-R"},
        {"LANG": "en_US.UTF-8", "LC_ALL": "en_US.ISO-8859-1"},
    ],
)
def test_another_gets_the_plain_twins(env: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.name", "posix")
    assert glyphs_for(env) is ASCII
