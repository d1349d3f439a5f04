"""The look: glyphs with their plain twins, and the inks that everything is written in.

Inks are resolved once per theme, already mixed with the ground they stand on, because the
panes draw their own lines: a colour with an alpha would be mixed with black there, and ansi
themes ignore alpha. Text that a theme leaves too pale for its ground is moved away from it
until it can be read.
"""

import locale
import os
from collections.abc import Mapping
from typing import Protocol

import msgspec
from textual.color import BLACK, WHITE, Color
from textual.style import Style

MIN_CONTRAST = 4.5
"""WCAG 2.2, 1.4.3: the least contrast of text with its ground."""
MIN_ORNAMENT = 3.0
"""WCAG 2.2, 1.4.11: the least contrast of a sign that says where one is."""
ORNAMENT = ("accent", "primary")
"""Theme variables for what is no text: the bar and the focused rule."""
COLOURS = (
    "background", "foreground", "panel", "primary", "accent", "warning",
    "text-primary", "text-secondary", "text-success", "text-warning", "text-error",
)  # fmt: skip
"""All theme variables that inks are made of; themes have others that are no plain colours."""
LOUD = (0.0, 0.09, 0.18, 0.27, 0.36)
"""How much `$warning` lies under a chapter's number, by share of the busiest in quarters."""


class Glyphs(msgspec.Struct, frozen=True):
    """One character a sign; every set is as wide as the other."""

    bar: str = "▌"
    folded: str = "▸"
    unfolded: str = "▾"
    arm: str = "├─"
    last_arm: str = "└─"
    guessed_arm: str = "├┄"
    guessed_last_arm: str = "└┄"
    trunk: str = "│ "
    cut: str = "…"
    rule: str = "─"
    wall: str = "│"
    link: str = "»"
    done: str = "━"
    now: str = "▸"


UNICODE = Glyphs()
ASCII = Glyphs(
    bar=">", folded="+", unfolded="-", arm="|-", last_arm="`-", guessed_arm="|~",
    guessed_last_arm="`~", trunk="| ", cut="~", rule="-", wall="|", link="^", done="#", now=">",
)  # fmt: skip


def glyphs_for(env: Mapping[str, str]) -> Glyphs:
    """The plain twins where the terminal or the locale cannot do more."""
    if env.get("TERM") == "linux":
        return ASCII
    if os.name == "nt":
        return UNICODE
    named = env.get("LC_ALL") or env.get("LC_CTYPE") or env.get("LANG") or ""
    if named in ("C", "POSIX"):
        return ASCII
    encoding = named.partition(".")[2] or locale.getpreferredencoding(do_setlocale=False)
    return UNICODE if encoding.lower().replace("-", "").startswith("utf8") else ASCII


class Inks(msgspec.Struct, frozen=True):
    """Every style that is written with, on one ground."""

    text: Style
    dim: Style
    faint: Style
    strong: Style
    bar: Style
    who: Style
    who_strong: Style
    uploader: Style
    uploader_strong: Style
    time: Style
    time_strong: Style
    moment: Style
    current: Style
    likely: Style
    current_likely: Style
    link: Style
    mention: Style
    citation: Style
    citation_strong: Style
    good: Style
    bad: Style
    rule: Style
    chip: Style


class Look(msgspec.Struct, frozen=True):
    """Glyphs, and the inks on each ground: the pane's, the selected row's, the bars'."""

    glyphs: Glyphs
    plain: Inks
    selected: Inks
    unfocused: Inks
    panel: Inks
    loud: tuple[Style, ...]
    loud_selected: tuple[Style, ...]


class Ink(Protocol):
    """Makes a style from a theme variable and a share of it over the ground."""

    def __call__(self, name: str, share: float = 1.0, /) -> Style: ...


def make_look(variables: Mapping[str, str], glyphs: Glyphs, ansi: bool) -> Look:
    """Resolve a theme's variables; ``ansi``: the theme leaves colours to the terminal."""
    return _ansi_look(variables, glyphs) if ansi else _coloured_look(variables, glyphs)


def _coloured_look(variables: Mapping[str, str], glyphs: Glyphs) -> Look:
    colour = {name: _colour(variables[name]) for name in COLOURS if name in variables}
    ground, front = colour["background"], colour["foreground"]
    selected = ground.blend(colour["primary"], 0.2)

    def inks(under: Color) -> Inks:
        def ink(name: str, share: float = 1.0, /) -> Style:
            if share < 0.5:  # guides and hairlines say nothing
                return Style(background=under, foreground=under.blend(colour[name], share))
            least = MIN_ORNAMENT if name in ORNAMENT else MIN_CONTRAST
            shown = _readable(colour[name], under, least)
            if share < 1.0:  # what is glanced at never outshines what is read
                shown = _readable(under.blend(shown, share), under, least, shown)
            return Style(background=under, foreground=shown)

        return _inks(ink)

    loud = [ground.blend(colour["warning"], share) for share in LOUD]
    return Look(
        glyphs,
        inks(ground),
        inks(selected),
        inks(ground.blend(front, 0.07)),
        inks(colour.get("panel", ground)),
        tuple(Style(background=g, foreground=_readable(front, g)) for g in loud),
        tuple(Style(background=g, foreground=_readable(front, g)) for g in (selected, *loud[1:])),
    )


def _colour(value: str) -> Color:
    """A theme's colour, without the opacity that may stand behind it: ``#81a1c1 35%``."""
    return Color.parse(value.partition(" ")[0]).with_alpha(1.0)


def _ansi_look(variables: Mapping[str, str], glyphs: Glyphs) -> Look:
    def ink(name: str, share: float = 1.0, /) -> Style:
        value = variables.get(name, "")
        front = Color.parse(value) if value.startswith("ansi_") else None
        return Style(foreground=front, dim=share < 1.0 or None)

    plain = _inks(ink)
    bold = Style(bold=True)
    selected = Inks(*(getattr(plain, field) + bold for field in Inks.__struct_fields__))
    levels = len(LOUD)
    return Look(glyphs, plain, selected, plain, plain, (Style(),) * levels, (bold,) * levels)


def _inks(ink: Ink) -> Inks:
    text, who, good, time = (
        ink(name) for name in ("foreground", "text-primary", "text-success", "text-warning")
    )
    bold, underlined, italic = Style(bold=True), Style(underline=True), Style(italic=True)
    current = time + Style(bold=True, reverse=True)
    citation = ink("text-secondary")
    return Inks(
        text=text,
        dim=ink("foreground", 0.7),
        faint=ink("foreground", 0.3),
        strong=text + bold,
        bar=ink("accent"),
        who=who,
        who_strong=who + bold,
        uploader=good,
        uploader_strong=good + bold,
        time=time,
        time_strong=time + bold,
        moment=time + underlined,
        current=current,
        likely=time + italic,
        current_likely=current + italic,
        link=who + underlined,
        mention=who,
        citation=citation,
        citation_strong=citation + bold,
        good=good,
        bad=ink("text-error"),
        rule=ink("primary"),
        chip=current,
    )


def _readable(
    colour: Color, ground: Color, least: float = MIN_CONTRAST, goal: Color | None = None
) -> Color:
    """The colour, moved towards a goal until it can be read on the ground.

    Without a ``goal``: towards black or white, whichever can be read better there.
    """
    if goal is None:
        goal = max(BLACK, WHITE, key=lambda end: contrast(end, ground))
    for step in range(11):
        tried = colour.blend(goal, step / 10)
        if contrast(tried, ground) >= least:
            return tried
    return goal


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(channel) for channel in colour.normalized)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
