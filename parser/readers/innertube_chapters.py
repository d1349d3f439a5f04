"""The chapters that YouTube's own answers state, those that the site made itself kept apart.

They stand in a panel beside the video, and again in the player's bar; the panel goes before.
"""

import re
from collections.abc import Iterator

import msgspec
from msgspec import Raw

from parser.model import StatedChapter
from parser.readers.innertube_text import shown_text
from parser.readers.innertube_types import Text
from parser.readers.innertube_video_types import (
    Marker,
    MarkerItem,
    MarkersEntry,
    Panel,
    PanelHolder,
    PlayerOverlays,
)
from parser.readers.json_nested import Nested
from parser.readers.json_slices import UNDECODABLE
from parser.readers.video_fields import whole
from parser.text.clean import clean_line

_PANELS = {
    "engagement-panel-macro-markers-description-chapters": False,
    "engagement-panel-macro-markers-auto-chapters": True,
}
"""By a panel's name, whether the chapters in it are machine-made."""
_KEYS = {"DESCRIPTION_CHAPTERS": False, "AUTO_CHAPTERS": True}
"""The same for the player's bar."""
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})", re.ASCII)

_ELEMENTS = msgspec.json.Decoder(list[Raw]).decode
_PANEL_HOLDER = Nested(PanelHolder)
_PANEL = Nested(Panel)
_ITEM = Nested(MarkerItem)
_MARKER = Nested(Marker)
_OVERLAYS = Nested(PlayerOverlays)


class Chapters:
    """Gathers chapters; ``is_odd``: some of them have no time that could be read."""

    def __init__(self) -> None:
        self.is_odd = False
        self._by_machine: dict[bool, list[StatedChapter]] = {}

    def all(self) -> tuple[StatedChapter, ...]:
        """Those made by people first, each in the order of their times."""
        return tuple(one for made in (False, True) for one in self._by_machine.get(made, ()))

    def take_panels(self, data: bytes) -> None:
        """The panels beside the video, some of which list chapters."""
        try:
            panels = _ELEMENTS(data)
        except UNDECODABLE:
            return
        for holder in filter(None, (_PANEL_HOLDER.take(bytes(one)) for one in panels)):
            panel = _PANEL.take(bytes(holder.value.engagement_panel_section_list_renderer))
            if panel is not None:
                self._take_panel(panel.value)

    def take_bar(self, data: bytes) -> None:
        """What lies over the player, whose bar shows the chapters where no panel lists them."""
        for entry in _entries(data):
            machine = _KEYS.get(entry.key or "")
            if machine is not None and machine not in self._by_machine and entry.value:
                found = (one.chapter_renderer for one in entry.value.chapters or ())
                starts = (
                    (one.title, _seconds(one.time_range_start_millis)) for one in found if one
                )
                self._keep(starts, machine)

    def _take_panel(self, panel: Panel) -> None:
        name = panel.target_id if panel.target_id in _PANELS else panel.panel_identifier
        machine = _PANELS.get(name or "")
        markers = panel.content.macro_markers_list_renderer if panel.content else None
        if machine is None or markers is None:
            return
        found = filter(None, map(_marker, markers.contents or ()))
        self._keep(((one.title, _start(one)) for one in found), machine)

    def _keep(self, found: Iterator[tuple[Text | None, int | None]], machine: bool) -> None:
        chapters: list[StatedChapter] = []
        for title, start in found:
            if start is None:
                self.is_odd = True
            else:
                name = clean_line(shown_text(title)) or "(no title)"
                chapters.append(StatedChapter(start, name, machine=machine))
        if chapters:
            self._by_machine[machine] = sorted(chapters, key=lambda one: one.start)


def _marker(data: Raw) -> Marker | None:
    item = _ITEM.take(bytes(data))
    marker = _MARKER.take(bytes(item.value.macro_markers_list_item_renderer)) if item else None
    return marker.value if marker else None


def _start(marker: Marker) -> int | None:
    """Where a chapter begins; where its link leads, which does not say so for the beginning."""
    endpoint = marker.on_tap.watch_endpoint if marker.on_tap else None
    if endpoint is not None and endpoint.start_time_seconds is not None:
        return whole(endpoint.start_time_seconds)
    found = _CLOCK.fullmatch(clean_line(shown_text(marker.time_description)))
    if found is not None:
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return hours * 3600 + minutes * 60 + seconds
    return None if endpoint is None else 0


def _seconds(milliseconds: float | None) -> int | None:
    number = whole(milliseconds)
    return None if number is None else number // 1000


def _entries(data: bytes) -> list[MarkersEntry]:
    """What the player's bar is marked with."""
    overlays = _OVERLAYS.take(data)
    overlay = overlays.value.player_overlay_renderer if overlays else None
    holder = overlay.decorated_player_bar_renderer if overlay else None
    bar = holder.decorated_player_bar_renderer if holder else None
    marked = bar.player_bar.multi_markers_player_bar_renderer if bar and bar.player_bar else None
    return marked.markers_map or [] if marked else []
