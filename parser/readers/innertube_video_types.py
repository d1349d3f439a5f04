"""The parts of YouTube's own answers that tell of the video, as structs of what is wanted."""

from msgspec import Raw

from parser.readers.innertube_types import Content, Text, WatchEndpoint
from parser.readers.json_nested import Part

# What the player is told


class VideoDetails(Part):
    video_id: str | None = None
    title: str | None = None
    length_seconds: str | int | None = None
    short_description: str | None = None
    author: str | None = None


class PlayerMicroformat(Part):
    title: Text | None = None
    description: Text | None = None
    length_seconds: str | int | None = None
    owner_channel_name: str | None = None
    publish_date: str | None = None
    upload_date: str | None = None
    external_video_id: str | None = None


class Microformat(Part):
    player_microformat_renderer: PlayerMicroformat | None = None


class Playability(Part):
    status: str | None = None
    reason: str | None = None


# What the page shows under the player


class PrimaryInfo(Part):
    title: Text | None = None
    date_text: Text | None = None


class Owner(Part):
    title: Text | None = None


class OwnerHolder(Part):
    video_owner_renderer: Owner | None = None


class SecondaryInfo(Part):
    owner: OwnerHolder | None = None
    attributed_description: Content | None = None
    description: Text | None = None


class Section(Part):
    contents: list[Raw] | None = None


class PageItem(Part):
    """One of the things under the player, of which a section may be the comments'."""

    video_primary_info_renderer: Raw = Raw()
    video_secondary_info_renderer: Raw = Raw()
    item_section_renderer: Raw = Raw()


class Results(Part):
    contents: list[Raw] | None = None


class ResultsHolder(Part):
    results: Results | None = None


class WatchResults(Part):
    results: ResultsHolder | None = None


class Contents(Part):
    two_column_watch_next_results: WatchResults | None = None


class CurrentVideo(Part):
    watch_endpoint: WatchEndpoint | None = None


# Chapters


class MarkerTap(Part):
    watch_endpoint: WatchEndpoint | None = None


class Marker(Part):
    title: Text | None = None
    time_description: Text | None = None
    on_tap: MarkerTap | None = None


class MarkerItem(Part):
    macro_markers_list_item_renderer: Raw = Raw()


class MarkerList(Part):
    contents: list[Raw] | None = None


class PanelContent(Part):
    macro_markers_list_renderer: MarkerList | None = None


class Panel(Part):
    target_id: str | None = None
    panel_identifier: str | None = None
    content: PanelContent | None = None


class PanelHolder(Part):
    engagement_panel_section_list_renderer: Raw = Raw()


class Chapter(Part):
    title: Text | None = None
    time_range_start_millis: int | float | None = None


class ChapterHolder(Part):
    chapter_renderer: Chapter | None = None


class Markers(Part):
    chapters: list[ChapterHolder] | None = None


class MarkersEntry(Part):
    key: str | None = None
    value: Markers | None = None


class MarkersBar(Part):
    markers_map: list[MarkersEntry] | None = None


class PlayerBar(Part):
    multi_markers_player_bar_renderer: MarkersBar | None = None


class DecoratedBar(Part):
    player_bar: PlayerBar | None = None


class DecoratedBarHolder(Part):
    decorated_player_bar_renderer: DecoratedBar | None = None


class PlayerOverlay(Part):
    decorated_player_bar_renderer: DecoratedBarHolder | None = None


class PlayerOverlays(Part):
    player_overlay_renderer: PlayerOverlay | None = None
