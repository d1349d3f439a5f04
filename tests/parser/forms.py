"""One discussion, written in each of the formats that people have."""

import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from parser import load, write_json, write_jsonl
from tests.parser import pages
from tests.parser.pages import page

VIDEO = "tideBells_1"
TITLE = "How tide bells are cast"
OWNER = "UCharbourfoundry00000000"


@dataclass(frozen=True)
class Said:
    """A comment; ``parent`` is the id of its thread's first one, ``age`` has no mark."""

    id: str
    author: str
    text: str
    likes: int
    age: str
    days: int
    date: str
    uploader: bool = False
    pinned: bool = False
    hearted: bool = False
    edited: bool = False

    @property
    def parent(self) -> str | None:
        return self.id.partition(".")[0] if "." in self.id else None

    @property
    def channel(self) -> str:
        return OWNER if self.uploader else f"UC{sum(map(ord, self.author)):022}"

    @property
    def marked_age(self) -> str:
        return f"{self.age} (edited)" if self.edited else self.age

    @property
    def html(self) -> str:
        return escape(self.text).replace("\n", "<br>")


SAID = (
    Said(
        "UgwA",
        "@low-tide",
        "The bell at 1:12 sounds a fifth below.\nListen again at 4:05, and see bells.org/wax",
        1250,
        "2 years ago",
        730,
        "2023-05-17T05:06:40Z",
        pinned=True,
        hearted=True,
    ),
    Said(
        "UgwA.1",
        "@gull",
        "A fourth <i>think</i> & hope",
        3,
        "1 year ago",
        365,
        "2024-05-17T05:06:40Z",
    ),
    Said(
        "UgwA.2",
        "@harbourfoundry",
        "@gull it is a fifth: 1:12 🔔",
        40,
        "11 months ago",
        330,
        "2024-06-17T05:06:40Z",
        uploader=True,
        edited=True,
    ),
    Said("UgwA.3", "@gull", "Now I hear it", 1, "3 weeks ago", 21, "2025-04-26T05:06:40Z"),
    Said(
        "UgwB",
        "@чайка",
        "0:00 Привет\n1:10 Воск\n4:05 Бронза 👩\u200d🏭\n\n[1] Bell Founding, p. 12\n[2] Tides",
        87,
        "5 days ago",
        5,
        "2025-05-12T05:06:40Z",
    ),
    Said(
        "UgwC",
        "@low-tide",
        "\"quoted\" 'text' [1] at 9:59",
        2,
        "1 hour ago",
        0,
        "2025-05-17T04:00:00Z",
    ),
)


def _threads(said: Sequence[Said]) -> list[tuple[Said, list[Said]]]:
    replies: dict[str | None, list[Said]] = {}
    for one in said:
        replies.setdefault(one.parent, []).append(one)
    return [(first, replies.get(first.id, [])) for first in replies.get(None, [])]


def _lines(documents: Sequence[object]) -> str:
    return "\n".join(json.dumps(one, ensure_ascii=False) for one in documents)


def yt_dlp(said: Sequence[Said]) -> str:
    comments = [
        {
            "id": one.id,
            "parent": one.parent or "root",
            "text": one.text,
            "like_count": one.likes,
            "author": one.author,
            "author_id": one.channel,
            "author_is_uploader": one.uploader,
            "is_pinned": one.pinned,
            "is_favorited": one.hearted,
            "_time_text": one.marked_age,
            "timestamp": 1684300000,
        }
        for one in said
    ]
    facts = {"id": VIDEO, "title": TITLE, "extractor": "youtube", "duration": 600}
    return json.dumps({**facts, "comments": comments})


def _ycd(one: Said) -> dict[str, object]:
    return {
        "cid": one.id,
        "text": one.text,
        "time": one.marked_age,
        "author": one.author,
        "channel": one.channel,
        "votes": str(one.likes),
        "replies": "",
        "photo": "https://pic.example/a",
        "heart": one.hearted,
        "reply": one.parent is not None,
        "time_parsed": 1684300000.5,
    }


def ycd_lines(said: Sequence[Said]) -> str:
    return _lines([_ycd(one) for one in said])


def ycd_pretty(said: Sequence[Said]) -> str:
    return json.dumps({"comments": [_ycd(one) for one in said]}, indent=4)


def invidious(said: Sequence[Said]) -> str:
    """A page of the threads, then a page of the replies of each."""

    def comment(one: Said) -> dict[str, object]:
        return {
            "author": one.author,
            "authorId": one.channel,
            "commentId": one.id,
            "content": one.text,
            "contentHtml": one.html,
            "publishedText": one.age,
            "published": 1684300000,
            "likeCount": one.likes,
            "isEdited": one.edited,
            "isPinned": one.pinned,
            "authorIsChannelOwner": one.uploader,
            **({"creatorHeart": {"creatorName": "x"}} if one.hearted else {}),
        }

    threads = _threads(said)
    answers = [[first for first, _ in threads], *(replies for _, replies in threads if replies)]
    return _lines([{"videoId": VIDEO, "comments": [*map(comment, some)]} for some in answers])


def piped(said: Sequence[Said]) -> str:
    """The same of Piped's, in one list."""

    def comment(one: Said) -> dict[str, object]:
        return {
            "author": one.author,
            "commentId": one.id,
            "commentText": one.html,
            "commentedTime": one.marked_age,
            "commentorUrl": f"/channel/{one.channel}",
            "likeCount": one.likes,
            "hearted": one.hearted,
            "pinned": one.pinned,
            "channelOwner": one.uploader,
        }

    threads = _threads(said)
    answers = [[first for first, _ in threads], *(replies for _, replies in threads if replies)]
    return json.dumps(
        [
            {"nextpage": None, "disabled": False, "comments": [*map(comment, some)]}
            for some in answers
        ]
    )


def youtube_api(said: Sequence[Said], *, original: bool = True) -> str:
    def comment(one: Said) -> dict[str, object]:
        texts = {"textDisplay": one.html, **({"textOriginal": one.text} if original else {})}
        changed = "2025-05-17T05:00:00Z" if one.edited else one.date
        return {
            "kind": "youtube#comment",
            "id": one.id,
            "snippet": {
                **texts,
                "videoId": VIDEO,
                "channelId": OWNER,
                "authorDisplayName": one.author,
                "authorChannelId": {"value": one.channel},
                "likeCount": one.likes,
                "publishedAt": one.date,
                "updatedAt": changed,
                **({"parentId": one.parent} if one.parent else {}),
            },
        }

    items = [
        {
            "kind": "youtube#commentThread",
            "id": first.id,
            "snippet": {
                "channelId": OWNER,
                "videoId": VIDEO,
                "topLevelComment": comment(first),
                "totalReplyCount": len(replies),
            },
            **({"replies": {"comments": [*map(comment, replies)]}} if replies else {}),
        }
        for first, replies in _threads(said)
    ]
    response = {"kind": "youtube#commentThreadListResponse", "etag": "x", "items": items}
    return json.dumps(response, indent=1)


def youtube_api_html(said: Sequence[Said]) -> str:
    return youtube_api(said, original=False)


def innertube(said: Sequence[Said]) -> str:
    """An answer with the threads, and one with the replies of each that has some."""

    def view(one: Said) -> dict[str, object]:
        keys = {"commentId": one.id, "commentKey": f"c-{one.id}", "toolbarStateKey": f"t-{one.id}"}
        return {**keys, **({"pinnedText": "Pinned by x"} if one.pinned else {})}

    def mutations(one: Said) -> list[dict[str, object]]:
        heart = "TOOLBAR_HEART_STATE_" + ("HEARTED" if one.hearted else "UNHEARTED")
        entity = {
            "key": f"c-{one.id}",
            "properties": {
                "commentId": one.id,
                "content": {"content": one.text},
                "publishedTime": one.marked_age,
                "replyLevel": int(one.parent is not None),
            },
            "author": {
                "channelId": one.channel,
                "displayName": one.author,
                "isCreator": one.uploader,
            },
            "toolbar": {"likeCountNotliked": str(one.likes)},
        }
        state = {"key": f"t-{one.id}", "heartState": heart}
        return [
            {"entityKey": f"c-{one.id}", "payload": {"commentEntityPayload": entity}},
            {"entityKey": f"t-{one.id}", "payload": {"engagementToolbarStateEntityPayload": state}},
        ]

    def answer(command: str, target: str, items: list[object], some: Sequence[Said]) -> object:
        received = {command: {"targetId": target, "continuationItems": items}}
        changed = [each for one in some for each in mutations(one)]
        return {
            "onResponseReceivedEndpoints": [received],
            "frameworkUpdates": {"entityBatchUpdate": {"mutations": changed}},
        }

    threads = _threads(said)
    firsts = [first for first, _ in threads]
    items: list[object] = [
        {"commentThreadRenderer": {"commentViewModel": {"commentViewModel": view(one)}}}
        for one in firsts
    ]
    answers = [answer("reloadContinuationItemsCommand", "comments-section", items, firsts)]
    for first, replies in threads:
        items = [{"commentViewModel": view(one)} for one in replies]
        target = f"comment-replies-item-{first.id}"
        answers.append(answer("appendContinuationItemsAction", target, items, replies))
    return _lines(answers)


def innertube_older(said: Sequence[Said]) -> str:
    """The renderers of before 2024, the replies within their threads."""

    def renderer(one: Said) -> dict[str, object]:
        heart: dict[str, object] = (
            {"creatorHeart": {"creatorHeartRenderer": {}}} if one.hearted else {}
        )
        return {
            "commentRenderer": {
                "commentId": one.id,
                "contentText": {"runs": [{"text": part} for part in one.text.partition(" ")]},
                "authorText": {"simpleText": one.author},
                "authorEndpoint": {"browseEndpoint": {"browseId": one.channel}},
                "publishedTimeText": {"runs": [{"text": one.marked_age}]},
                "voteCount": {"simpleText": str(one.likes)},
                "authorIsChannelOwner": one.uploader,
                "actionButtons": {"commentActionButtonsRenderer": heart},
                **({"pinnedCommentBadge": {}} if one.pinned else {}),
            }
        }

    items = [
        {
            "commentThreadRenderer": {
                "comment": renderer(first),
                "replies": {"commentRepliesRenderer": {"contents": [*map(renderer, replies)]}},
            }
        }
        for first, replies in _threads(said)
    ]
    received = {"appendContinuationItemsAction": {"continuationItems": items}}
    return json.dumps({"onResponseReceivedEndpoints": [received]})


def page_text(said: Sequence[Said]) -> str:
    """A mirror's page: it doubles the mark of a mention that begins a reply."""
    shown = [
        pages.Said(
            one.author,
            f"@{one.text}" if one.parent and one.text.startswith("@") else one.text,
            f"{one.marked_age} +{one.likes}",
            int(one.parent is not None),
            one.uploader,
        )
        for one in said
    ]
    return page(*shown, title=TITLE)


def saved_html(said: Sequence[Said]) -> str:
    """YouTube's watch page as a browser saves it once its replies were unfolded."""

    def comment(one: Said) -> str:
        pin = '<div id="pinned-comment-badge"><span>Pinned</span></div>' if one.pinned else ""
        heart = '<ytd-creator-heart-renderer id="creator-heart"></ytd-creator-heart-renderer>'
        badge = "<ytd-author-comment-badge-renderer creator></ytd-author-comment-badge-renderer>"
        address = f"/watch?v={VIDEO}&amp;lc={one.id}"
        return (
            f"<ytd-comment-view-model>{pin}<a id=author-text href='/channel/{one.channel}'>"
            f"<span> {one.author} </span></a>{badge if one.uploader else ''}"
            f'<span id="published-time-text"><a href="{address}">{one.marked_age}</a></span>'
            f'<yt-attributed-string id="content-text">{one.html}</yt-attributed-string>'
            f'<span id="vote-count-middle">{one.likes}</span>{heart if one.hearted else ""}'
            "</ytd-comment-view-model>"
        )

    threads = "".join(
        f"<ytd-comment-thread-renderer>{comment(first)}"
        f'<div id="replies">{"".join(map(comment, replies))}</div></ytd-comment-thread-renderer>'
        for first, replies in _threads(said)
    )
    head = (
        f'<title>{TITLE} - YouTube</title><link rel="canonical" '
        f'href="https://www.youtube.com/watch?v={VIDEO}">'
    )
    return f"<!DOCTYPE html><html><head>{head}</head><body>{threads}</body></html>"


def own_json(said: Sequence[Said]) -> str:
    out = io.BytesIO()
    write_json(load("-", stream=io.BytesIO(yt_dlp(said).encode())), out)
    return out.getvalue().decode()


def own_lines(said: Sequence[Said]) -> str:
    out = io.BytesIO()
    write_jsonl(load("-", stream=io.BytesIO(youtube_api(said).encode())), out)
    return out.getvalue().decode()


FORMS: dict[str, Callable[[Sequence[Said]], str]] = {
    "yt-dlp": yt_dlp,
    "ycd": ycd_lines,
    "ycd, pretty": ycd_pretty,
    "invidious": invidious,
    "piped": piped,
    "youtube-api": youtube_api,
    "youtube-api, html": youtube_api_html,
    "innertube": innertube,
    "innertube, older": innertube_older,
    "saved-html": saved_html,
    "page-text": page_text,
    "commentree, json": own_json,
    "commentree, lines": own_lines,
}
"""What writes it, by the format's name and what is special about the file."""
