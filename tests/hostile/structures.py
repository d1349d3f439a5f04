"""Files whose build is hostile: deep, wide, looped, of wrong types. One line a case."""

# ruff: noqa: E501 - a case is a line

import json
from collections.abc import Callable, Iterable, Mapping

from tests.hostile.files import SIGN, FileCase, data, made

DEEP = 100_000
MANY = 100_000
MILLION = 1_000_000
_FACTS = f'"id":"tideBells_1","title":"{SIGN}","extractor":"youtube","duration":600'
_NO_LIST: list[object] = []
_ODD: tuple[object, ...] = (
    None, True, -1, 10**30, 1e300, "", "x", _NO_LIST, {}, [_NO_LIST], [{"text": "x"}], {"runs": 5}, [None] * 3,
)  # fmt: skip


def info(comments: Iterable[str], facts: str = _FACTS) -> str:
    """yt-dlp's file with comments that are written out already."""
    return f'{{{facts},"comments":[{",".join(comments)}]}}'


def _comment(number: int, parent: str = "root", more: str = "") -> str:
    return (
        f'{{"id":"c{number}","parent":"{parent}","text":"{SIGN} at 1:12",'
        f'"author":"@gull","like_count":3{more}}}'
    )


_ONE = _comment(0)


def _said(more: str) -> Callable[[], str]:
    """A good comment, and one with something more."""
    return lambda: info((_ONE, _comment(1, more="," + more)))


def _chain() -> str:
    return info(_comment(n, f"c{n - 1}" if n else "root") for n in range(DEEP))


def _chain_backwards() -> str:
    return info(_comment(n, f"c{n - 1}" if n else "root") for n in reversed(range(DEEP)))


def _replies(count: int) -> str:
    return info((_ONE, *(_comment(n, "c0") for n in range(1, count))))


def _cycles() -> str:
    rings = (_comment(n, f"c{(n // 5) * 5 + (n + 1) % 5}") for n in range(1, 1000))
    return info((*rings, _comment(5000, "c5000"), _comment(5001, "nobody"), _comment(5002, "")))


def _one_ring() -> str:
    return info(_comment(n, f"c{(n + 1) % MANY}") for n in range(MANY))


def _wrong_types() -> str:
    keys = ("id", "parent", "text", "like_count", "author", "author_id", "timestamp", "is_pinned",
            "author_is_uploader", "_time_text")  # fmt: skip
    odd = [json.dumps({"id": f"o{k}{n}", "text": "x", key: value})
           for k, key in enumerate(keys) for n, value in enumerate(_ODD)]  # fmt: skip
    return info((_ONE, *odd, *map(json.dumps, _ODD)))


def _wrong_facts() -> Iterable[tuple[str, Callable[[], str]]]:
    for key in ("id", "title", "duration", "chapters", "channel", "description", "upload_date"):
        for number, value in enumerate(_ODD):
            facts = f"{_FACTS},{json.dumps(key)}:{json.dumps(value)}"
            if key != "title":
                yield f"{key} {number}", lambda facts=facts: info((_ONE,), facts)


def _numbers() -> str:
    written = ("1e400", "-1e400", "9" * 5000, "-0", "1E+2147483648", "0.1e-400", "1.5", "-3")
    keys = ("like_count", "timestamp")
    return info(
        (
            _ONE,
            *(
                f'{{"id":"n{key}{place}","text":"x","parent":"root","{key}":{number}}}'
                for key in keys
                for place, number in enumerate(written)
            ),
        )
    )


def _not_finite() -> str:
    return info((_ONE, *(f'{{"id":"n{n}","text":"x","like_count":{word}}}'
                         for n, word in enumerate(("NaN", "Infinity", "-Infinity")))))  # fmt: skip


def _odd_chapters() -> str:
    starts = ("-1", "1e300", "0", "0", "5", "4", '"7"', "null", "599", "99999999999999999999")
    chapters = ",".join(f'{{"start_time":{at},"end_time":-5,"title":"a"}}' for at in starts)
    return info((_ONE,), f'{_FACTS},"chapters":[{chapters}]')


def _many_chapters() -> str:
    chapters = ",".join(f'{{"start_time":{n},"end_time":{n},"title":"c{n}"}}' for n in range(MANY))
    return info((_ONE,), f'{_FACTS.replace("600", "200000")},"chapters":[{chapters}]')


def _text_of(words: str) -> Callable[[], str]:
    return lambda: info((_ONE, _comment(1).replace(f"{SIGN} at 1:12", words)))


def _own(comment: Mapping[str, object], **more: object) -> str:
    """Our own export, with something that we would never write."""
    video = {"site": "youtube", "id": "tideBells_1", "title": SIGN, "comments_present": 2}
    source = {"path": "x", "format": "yt-dlp", "page_date": None, "complete": True}
    first = {"id": "a", "parent": None, "depth": 0, "author": "@gull", "text": SIGN}
    head = {"schema": "commentree/1", "source": source, "video": video}
    rest = {"chapters": [], "references": [], "comments": [first, comment], "diagnostics": []}
    return json.dumps({**head, **rest, **more})


def _spans() -> str:
    odd = [[-1, 3], [3, 1], [0, 10**12], [0], [], "x", [1.5, 2], [None, None], [[0, 1], 2]]
    marks = [{"span": span, "text": "x", "seconds": -5, "url": "javascript:x"} for span in odd]
    names = ("timestamps", "links", "mentions", "citations")
    return _own(
        {"id": "b", "parent": "a", "depth": 10**9, "text": "x", **dict.fromkeys(names, marks)}
    )


def _own_links() -> str:
    links = ["javascript:alert(1)", "file:///etc/passwd", "https://x.example/\x1b]0;a\x07", "", 5]
    entry = {"label": "1\x1b[31m", "comment": "nobody", "text": "x", "links": links, "kind": "odd"}
    chapter = {"start": -1, "title": "a", "url": links[0], "from": "odd", "citations": links}
    text = {"id": "b", "parent": "b", "text": "x", "reply_to": "nobody"}
    return _own(text, references=[entry] * 3, chapters=[chapter] * 3)


def _renderers() -> str:
    deep = '{"commentThreadRenderer":{"replies":' * 5000 + "{}" + "}}" * 5000
    items = f'{{"appendContinuationItemsAction":{{"continuationItems":[{deep}]}}}}'
    return f'{{"responseContext":{{}},"onResponseReceivedEndpoints":[{items}]}}'


def _entity_loop() -> str:
    view = '{"commentViewModel":{"commentId":"a","commentKey":"k","toolbarStateKey":"k"}}'
    entity = '{"entityKey":"k","payload":{"commentEntityPayload":{"key":"k","properties":{}}}}'
    return (
        '{"onResponseReceivedEndpoints":[{"appendContinuationItemsAction":{"continuationItems":['
        + ",".join([view] * 1000)
        + ']}}],"frameworkUpdates":{"entityBatchUpdate":{"mutations":['
        + ",".join([entity] * 1000)
        + "]}}}"
    )


def _html(body: str) -> Callable[[], str]:
    comment = (
        "<ytd-comment-thread-renderer><ytd-comment-view-model>"
        "<a id=author-text href='/channel/UCa'><span>@gull</span></a>"
        '<span id="published-time-text"><a href="/watch?v=tideBells_1&amp;lc=UgwA">1 hour ago'
        f'</a></span><yt-attributed-string id="content-text">{SIGN}</yt-attributed-string>'
        "</ytd-comment-view-model></ytd-comment-thread-renderer>"
    )
    head = f"<!DOCTYPE html><html><head><title>{SIGN} - YouTube</title></head><body>"
    return lambda: f"{head}{comment}{body}</body></html>"


def _page(lines: Iterable[str]) -> str:
    first = "  \u2022 @gull\n    @gull\u00a02 days ago\n\n    said at 1:12\n"
    return f"{SIGN}\n\n{first}\n" + "\n".join(lines)


STRUCTURES: dict[str, FileCase] = {
    # Depth
    "arrays, deep, in a comment": FileCase(made(_said('"x":' + "[" * DEEP + "]" * DEEP)), True),
    "objects, deep, in a comment": FileCase(
        made(_said('"x":' + '{"a":' * DEEP + "0" + "}" * DEEP)), True
    ),
    "arrays, deep, as the text": FileCase(
        made(lambda: info((_ONE, '{"id":"b","text":' + "[" * DEEP + "]" * DEEP + "}"))), True
    ),
    "arrays, deep, in front": FileCase(
        made(lambda: '{"x":' + "[" * DEEP + "]" * DEEP + "," + info((_ONE,))[1:]), True
    ),
    "nothing but arrays": FileCase(made(lambda: "[" * DEEP + "]" * DEEP), False),
    "arrays without end": FileCase(made(lambda: "[" * MILLION), False),
    "objects without end": FileCase(made(lambda: '{"comments":' * MANY), False),
    "a chain": FileCase(made(_chain), True, ("screen", "show")),
    "a chain, backwards": FileCase(made(_chain_backwards), True, ("screen",)),
    # Width
    "replies to one": FileCase(made(lambda: _replies(MANY)), True, ("screen", "show")),
    "a million replies to one": FileCase(made(lambda: _replies(MILLION)), True, ("screen",)),
    "chapters, many": FileCase(made(_many_chapters), True),
    "times, many": FileCase(made(_text_of("1:23 " * MANY)), True),
    "links, many": FileCase(made(_text_of("https://a.example/b " * (MANY // 5))), True),
    "references, many": FileCase(
        made(_text_of("".join(f"[{n}] a\\n" for n in range(1, MANY // 10)))), True
    ),
    "citations, many": FileCase(made(_text_of("[1] " * MANY)), True),
    "mentions, many": FileCase(made(_text_of("@gull " * MANY)), True),
    "keys, many": FileCase(made(_said(",".join(f'"k{n}":{n}' for n in range(MANY)))), True),
    "a long key": FileCase(made(_said(f'"{"k" * MILLION}":1')), True),
    # Loops, doubles
    "cycles": FileCase(made(_cycles), True),
    "one ring": FileCase(made(_one_ring), True, ("screen",)),
    "one id for all": FileCase(made(lambda: info([_ONE] * 10_000)), True),
    "keys twice": FileCase(made(_said('"id":"b","text":"x","text":["x"],"text":"y"')), True),
    "comments twice": FileCase(
        made(lambda: info((_ONE,))[:-1] + ',"comments":[],"comments":5,"title":"x"}'), None
    ),
    # Types and numbers
    "wrong types": FileCase(made(_wrong_types), True),
    "numbers, huge": FileCase(made(_numbers), True),
    "numbers, none": FileCase(made(_not_finite), True),
    "chapters, odd": FileCase(made(_odd_chapters), True),
    **{f"wrong {name}": FileCase(made(make), None, ("screen",)) for name, make in _wrong_facts()},
    "spans of nowhere": FileCase(made(_spans), True),
    "an export's own links": FileCase(made(_own_links), True),
    # Not much
    **{
        f"only {name}": FileCase(data(content), False)
        for name, content in {
            "an object": "{}", "a list": "[]", "null": "null", "a string": '"x"', "a number": "0",
            "spaces": " \n\t " * 1000, "nothing": "", "line breaks": "\n" * MANY, "a brace": "{",
            "a quote": '"', "commas": "," * MANY, "quotes": '"' * 99_999, "NULs": "\0" * MANY,
        }.items()
    },
    "a string without end": FileCase(made(lambda: info((_ONE,))[:-2] + ',{"text":"' + "x" * 5_000_000), True, ("screen", "show")),
    "backslashes without end": FileCase(made(lambda: info((_ONE,))[:-2] + ',{"text":"' + "\\" * 2_000_000), True, ("screen", "show")),
    "comments that are none": FileCase(made(lambda: f'{{{_FACTS},"comments":{{"a":"b"}}}}'), None),
    # Other formats
    "renderers, deep": FileCase(made(_renderers), None),
    "entities in a loop": FileCase(made(_entity_loop), None),
    "tags, deep": FileCase(made(_html("<div>" * DEEP), ".html"), True),
    "a remark without end": FileCase(made(_html("<!--" + "-" * MILLION), ".html"), True),
    "tags without end": FileCase(made(_html("<a " * MANY), ".html"), True),
    "attributes, many": FileCase(made(_html("<a " + "b='c' " * MANY + ">"), ".html"), True),
    "entities without end": FileCase(made(_html("&" * MILLION + "&#" * MANY), ".html"), True),
    "scripts without end": FileCase(made(_html("<script>" * MANY), ".html"), True),
    "bullets without headers": FileCase(made(lambda: _page(["  \u2022 @x"] * MANY), ".txt"), True),
    "bullets, ever deeper": FileCase(made(lambda: _page(
        f"{'  ' * n}\u2022 @x\n{'  ' * n}  @x\u00a01 day ago\n" for n in range(1, 2000)), ".txt"), True),
    "headers without bullets": FileCase(made(lambda: _page(["    @x\u00a01 day ago"] * MANY), ".txt"), True),
}  # fmt: skip
