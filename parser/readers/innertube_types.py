"""The parts of YouTube's own answers that are read, as structs of what is wanted of them.

What an answer holds beside these parts, ten times as much, is passed over without being made.
``Raw`` members are decoded on their own, so that one of a wrong kind costs itself only; a part
that has such members therefore has no others that could be of a wrong kind.
"""

from msgspec import Raw, field

from parser.readers.json_nested import Part

# Text


class WatchEndpoint(Part):
    video_id: str | None = None
    start_time_seconds: int | float | None = None


class UrlEndpoint(Part):
    url: str | None = None


class BrowseEndpoint(Part):
    browse_id: str | None = None
    canonical_base_url: str | None = None


class WebMetadata(Part):
    url: str | None = None


class CommandMetadata(Part):
    web_command_metadata: WebMetadata | None = None


class Command(Part):
    """Where a link leads."""

    command_metadata: CommandMetadata | None = None
    url_endpoint: UrlEndpoint | None = None
    watch_endpoint: WatchEndpoint | None = None
    browse_endpoint: BrowseEndpoint | None = None


class Tap(Part):
    innertube_command: Command | None = None


class CommandRun(Part):
    """A link in a text, in UTF-16 units."""

    start_index: int | None = None
    length: int | None = None
    on_tap: Tap | None = None


class Content(Part):
    """A text with its links beside it."""

    content: str | None = None
    command_runs: list[CommandRun] | None = None


class Emoji(Part):
    emoji_id: str | None = None
    shortcuts: list[str] | None = None


class Run(Part):
    """A stretch of a text."""

    text: str | None = None
    navigation_endpoint: Command | None = None
    emoji: Emoji | None = None


class Label(Part):
    label: str | None = None


class Accessibility(Part):
    accessibility_data: Label | None = None


class Text(Part):
    """A text, whole or in runs."""

    simple_text: str | None = None
    runs: list[Run] | None = None
    content: str | None = None
    accessibility: Accessibility | None = None


# A comment of today: its entity, and the view model that puts it in its place


class Properties(Part):
    comment_id: str | None = None
    content: Content | None = None
    published_time: str | None = None
    reply_level: int | None = None
    toolbar_state_key: str | None = None


class Author(Part):
    channel_id: str | None = None
    display_name: str | None = None
    is_verified: bool | None = None
    is_creator: bool | None = None
    channel_command: Tap | None = None


class Toolbar(Part):
    like_count_notliked: str | None = None
    like_count_a11y: str | None = field(default=None, name="likeCountA11y")


class CommentEntity(Part):
    key: str | None = None
    properties: Properties | None = None
    author: Author | None = None
    toolbar: Toolbar | None = None


class ToolbarState(Part):
    key: str | None = None
    heart_state: str | None = None


class Surface(Part):
    published_time_command: Tap | None = None


class Payload(Part):
    comment_entity_payload: Raw = Raw()
    engagement_toolbar_state_entity_payload: Raw = Raw()
    comment_surface_entity_payload: Raw = Raw()


class Mutation(Part):
    entity_key: object = None
    payload: Raw = Raw()


class Wrapped(Part):
    """A view model that stands in another one of its name."""

    comment_view_model: Raw = Raw()


class ViewModel(Part):
    comment_id: str | None = None
    comment_key: str | None = None
    toolbar_state_key: str | None = None
    pinned_text: str | None = None


# A comment as it was until 2024


class Icon(Part):
    icon_type: str | None = None


class Badge(Part):
    icon: Icon | None = None


class AuthorBadge(Part):
    author_comment_badge_renderer: Badge | None = None


class Buttons(Part):
    creator_heart: object = None


class ActionButtons(Part):
    comment_action_buttons_renderer: Buttons | None = None


class Renderer(Part):
    comment_id: str | None = None
    content_text: Text | None = None
    author_text: Text | None = None
    author_endpoint: Command | None = None
    author_is_channel_owner: bool | None = None
    author_comment_badge: AuthorBadge | None = None
    published_time_text: Text | None = None
    vote_count: Text | None = None
    pinned_comment_badge: object = None
    action_buttons: ActionButtons | None = None


# What stands in a list of comments


class Holder(Part):
    comment_renderer: Raw = Raw()


class RepliesRenderer(Part):
    contents: Raw = Raw()
    sub_threads: Raw = Raw()


class Replies(Part):
    comment_replies_renderer: Raw = Raw()


class Thread(Part):
    comment: Raw = Raw()
    comment_view_model: Raw = Raw()
    replies: Raw = Raw()


class Header(Part):
    count_text: Text | None = None


class Message(Part):
    text: Text | None = None


class Item(Part):
    comment_thread_renderer: Raw = Raw()
    comment_view_model: Raw = Raw()
    comment_renderer: Raw = Raw()
    comment_replies_renderer: Raw = Raw()
    comments_header_renderer: Raw = Raw()
    message_renderer: Raw = Raw()


# An answer


class Continuation(Part):
    target_id: str | None = None
    continuation_items: list[Raw] | None = None


class Received(Part):
    reload_continuation_items_command: Continuation | None = None
    append_continuation_items_action: Continuation | None = None


class OldContinuation(Part):
    contents: list[Raw] | None = None
    header: Raw = Raw()


class OldContinuations(Part):
    item_section_continuation: OldContinuation | None = None
    comment_replies_continuation: OldContinuation | None = None


class EntityBatch(Part):
    mutations: list[Raw] | None = None


class Updates(Part):
    entity_batch_update: EntityBatch | None = None


class Answer(Part):
    """A whole answer, or what a watch page keeps of the first two."""

    on_response_received_endpoints: list[Received] | None = None
    on_response_received_actions: list[Received] | None = None
    on_response_received_commands: list[Received] | None = None
    continuation_contents: OldContinuations | None = None
    framework_updates: Updates | None = None
    response: Raw = Raw()
    player_response: Raw = Raw()
    page: object = None
    contents: Raw = Raw()
    current_video_endpoint: Raw = Raw()
    engagement_panels: Raw = Raw()
    player_overlays: Raw = Raw()
    video_details: Raw = Raw()
    microformat: Raw = Raw()
    playability_status: Raw = Raw()
