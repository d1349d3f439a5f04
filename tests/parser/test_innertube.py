"""YouTube's own answers: texts and counts, pages that hold them, cuts, hostile files."""

import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parser import Discussion, ParseError, load, source, write_json
from parser.detect import detect
from parser.readers import innertube_salvage
from parser.readers.innertube_counts import likes_of
from parser.readers.innertube_page import PageScripts
from parser.readers.innertube_salvage import salvaged
from parser.readers.innertube_text import content_text
from parser.readers.innertube_types import Content
from parser.readers.json_nested import Nested
from parser.source import open_input
from parser.text.clean import clean
from tests.parser.test_threads import check_tree

FIXTURES = Path(__file__).parent / "fixtures" / "innertube"
Json = dict[str, Any]


def data_of(case: str) -> bytes:
    return next((FIXTURES / case).glob("input.*")).read_bytes()


def read(text: str | bytes) -> Discussion:
    data = text if isinstance(text, bytes) else text.encode()
    found = load("-", stream=io.BytesIO(data))
    check_tree(found)
    return found


def entity(name: str, text: str) -> Json:
    properties = {"commentId": name, "content": {"content": text}}
    return {"entityKey": name, "payload": {"commentEntityPayload": {"properties": properties}}}


def view(name: str) -> Json:
    return {"commentViewModel": {"commentViewModel": {"commentKey": name, "commentId": name}}}


def answer(items: list[Json], *entities: Json, target: str = "comments-section") -> Json:
    command = {"targetId": target, "continuationItems": items}
    return {
        "responseContext": {},
        "onResponseReceivedEndpoints": [{"appendContinuationItemsAction": command}],
        "frameworkUpdates": {"entityBatchUpdate": {"mutations": list(entities)}},
    }


def plain_answer(*names: str) -> Json:
    items: list[Json] = [{"commentThreadRenderer": view(name)} for name in names]
    return answer(items, *(entity(name, f"text of {name}") for name in names))


# Texts and counts


def linked(text: str, *links: tuple[int, int, Json]) -> str:
    runs: list[Json] = [
        {"startIndex": start, "length": length, "onTap": {"innertubeCommand": command}}
        for start, length, command in links
    ]
    taken = Nested(Content).take(json.dumps({"content": text, "commandRuns": runs}).encode())
    assert taken is not None
    return content_text(taken.value)


def to(url: str) -> Json:
    return {"urlEndpoint": {"url": url}}


REDIRECT = "https://www.youtube.com/redirect?event=comments&q=https%3A%2F%2Fx.example%2Fa%3Fb%3Dc"
SHORT = "https://x.exam..."


@pytest.mark.parametrize(
    ("text", "links", "expected"),
    [
        (SHORT, [(0, 17, to(REDIRECT))], "https://x.example/a?b=c"),
        (f"🔔 {SHORT} 🔔", [(3, 17, to(REDIRECT))], "🔔 https://x.example/a?b=c 🔔"),
        (f"é {SHORT}", [(2, 17, to("/redirect?q=http://y.example"))], "é http://y.example"),
        ("x.example/a", [(0, 11, to("https://x.example/a"))], "x.example/a"),
        ("https://x.example", [(0, 17, to("https://y.example"))], "https://x.example"),
        ("at 1:12", [(3, 4, {"watchEndpoint": {"videoId": "tideBells_1"}})], "at 1:12"),
        (
            "Tide bells",
            [(0, 10, {"watchEndpoint": {"videoId": "tideBells_1"}})],
            "Tide bells (https://www.youtube.com/watch?v=tideBells_1)",
        ),
        ("@gull #tag", [(0, 5, to("/@gull")), (6, 4, to("/hashtag/tag"))], "@gull #tag"),
        (SHORT, [(0, 17, to("javascript:alert(1)"))], SHORT),
        (SHORT, [(0, 17, to("https://www.youtube.com/redirect?q=http://a.example/%20b"))], SHORT),
        (SHORT, [(0, 17, to("https://[1/redirect?q=http://a.example"))], SHORT),
        (SHORT, [(0, 900, to(REDIRECT))], SHORT),
        (SHORT, [(-4, 17, to(REDIRECT))], SHORT),
        (
            f"{SHORT} {SHORT}",
            [(18, 17, to(REDIRECT)), (0, 17, to(REDIRECT)), (4, 17, to("https://no.example"))],
            "https://x.example/a?b=c https://x.example/a?b=c",
        ),
    ],
)
def test_links_are_written_out_where_the_site_shortened_them(
    text: str, links: list[tuple[int, int, Json]], expected: str
) -> None:
    assert linked(text, *links) == expected


@pytest.mark.parametrize(
    ("shown", "label", "likes"),
    [
        (" ", "0 likes", 0),
        ("", None, 0),
        ("7", "7 likes", 7),
        ("1.9K", "1,926 likes", 1926),
        ("1.9K", "1.9K likes", 1900),
        ("1.9K", "3,000 others", 1900),
        ("1,2\u00a0тыс.", "1,2\u00a0тыс. отметок", 1200),
        ("12 万", "高評価 12 万 件", 120_000),
        (None, "1.2K likes", 1200),
        (None, "Gefällt 1.926 Personen", 1926),
        (None, None, None),
        ("many", "many likes", None),
        ("9" * 400, "9" * 400, None),
    ],
)
def test_likes_are_exact_where_a_label_says_so(
    shown: str | None, label: str | None, likes: int | None
) -> None:
    assert likes_of(shown, label) == likes


# What holds the answers


def test_the_answers_chapters_and_id_go_into_the_export() -> None:
    out = io.BytesIO()
    write_json(read(data_of("page_and_comments")), out)
    found = json.loads(out.getvalue())
    assert found["source"]["format"] == "innertube"
    assert [(one["start"], one["title"]) for one in found["chapters"]] == [
        (0, "Hello"),
        (70, "Wax"),
        (245, "Bronze"),
    ]
    assert {one["from"] for one in found["chapters"]} == {"video"}
    assert found["comments"][1]["timestamps"][0]["url"] == "https://youtu.be/tideBells_1?t=72"


def test_a_pages_first_answer_does_not_name_a_comments_links_video() -> None:
    """Only a comment's own address tells; a link in it may lead anywhere."""
    one = entity("a", "watch 1:12")
    command = {"watchEndpoint": {"videoId": "otherVideo1", "startTimeSeconds": 72}}
    content = one["payload"]["commentEntityPayload"]["properties"]["content"]
    content["commandRuns"] = [
        {"startIndex": 6, "length": 4, "onTap": {"innertubeCommand": command}}
    ]
    assert read(json.dumps(answer([view("a")], one))).video.id is None


def script(name: str, value: str) -> str:
    return f"<script nonce='x'>var {name} = {value};var meta = document.title;</script>"


def watch_page(*scripts: str) -> str:
    head = '<link rel="canonical" href="https://www.youtube.com/watch?v=tideBells_1">'
    title = "<title>How tide bells are cast - YouTube</title>"
    body = "".join(scripts)
    return f"<!DOCTYPE html><html><head>{title}{head}</head><body>{body}<ytd-app></ytd-app></body>"


def documents(case: str) -> list[str]:
    return data_of(case).decode().strip().splitlines()


def test_a_saved_watch_page_tells_of_its_video_and_that_its_comments_are_not_there() -> None:
    player, data = documents("player_and_page")
    found = read(
        watch_page(script("ytInitialPlayerResponse", player), script("ytInitialData", data))
    )
    assert found.source.format == "innertube"
    video = found.video
    assert (video.id, video.title) == ("tideBells_1", "How tide bells are cast")
    assert (video.channel, video.duration) == ("Harbour Foundry", 600)
    assert video.description == "A foundry by the sea.\n\n0:00 Hello\n1:10 Wax\n4:05 Bronze"
    assert [(one.start, one.title, one.machine) for one in video.chapters] == [
        (0, "Hello", False),
        (70, "Wax", False),
        (245, "Bronze", False),
        (0, "Intro", True),
        (180, "Casting", True),
    ]
    assert any("no comments" in one.message for one in found.diagnostics)


@pytest.mark.parametrize(
    "setting",
    [
        "var ytInitialData = {};",
        'window["ytInitialData"] = {};',
        "ytInitialData={};",
        "window.ytInitialPlayerResponse = null; var ytInitialData = {};",
    ],
)
def test_a_script_sets_its_data_in_several_ways(setting: str) -> None:
    scripts = PageScripts()
    data = json.dumps(plain_answer("a"))
    records = scripts.take(setting.replace("{}", data))
    assert [one.text for one in records] == ["text of a"]
    assert scripts.found
    assert scripts.complete


def test_a_script_of_a_small_screen_quotes_its_data() -> None:
    data = json.dumps(plain_answer("a", "b'c"))
    quoted = "".join(
        character if character.isalnum() else f"\\x{ord(character):02x}" for character in data
    )
    records = PageScripts().take(f"var ytInitialData = '{quoted}';")
    assert [one.text for one in records] == ["text of a", "text of b'c"]


def test_scripts_that_are_cut_or_hold_nothing_are_read_too() -> None:
    scripts = PageScripts()
    assert scripts.take("var ytInitialData = 5; ytInitialData = 'x") == []
    assert not scripts.found
    data = json.dumps(plain_answer("a", "b"))
    cut = scripts.take(f"var ytInitialData = {data[: data.index('text of b')]}")
    assert [one.text for one in cut] == ["text of a"]
    assert not scripts.complete
    assert any("damaged" in one.message for one in scripts.diagnostics())


# Many answers


ANSWERS = [plain_answer(*(f"c{number}_{place}" for place in range(5))) for number in range(30)]
TEXTS = [f"text of c{number}_{place}" for number in range(30) for place in range(5)]
FORMS = {
    "by line": "\n".join(map(json.dumps, ANSWERS)),
    "concatenated": "".join(map(json.dumps, ANSWERS)),
    "indented": "\n".join(json.dumps(one, indent=2) for one in ANSWERS),
    "in a list": json.dumps(ANSWERS),
    "in an indented list": json.dumps(ANSWERS, indent=1),
    "within others": "\n".join(json.dumps({"response": one}) for one in ANSWERS),
}


@pytest.mark.parametrize("block", [64, 700, 100_000])
@pytest.mark.parametrize("form", FORMS)
def test_answers_are_the_same_in_every_form_and_however_they_are_cut(
    form: str, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "BLOCK", block)
    monkeypatch.setattr(source, "FIRST_BLOCK", max(block, 300))
    found = read(FORMS[form])
    assert list(found.texts) == TEXTS
    assert found.source.complete
    assert not found.diagnostics


def test_answers_come_in_small_slices_from_the_first_block_on() -> None:
    text = "\n".join(
        json.dumps(plain_answer(*(f"{n}_{at}" for at in range(300)))) for n in range(60)
    )
    opened = open_input("-", io.BytesIO(text.encode()))
    slices = list(detect(opened).read(opened))
    assert max(len(one.records) for one in slices) <= 200
    first = next(one for one in slices if len(one.records))
    assert first.bytes_read < len(text) // 5
    assert sum(len(one.records) for one in slices) == 18_000


def check_cuts(data: bytes, places: Iterable[int]) -> int:
    """Each cut leaves what stands before it, and is told; returns how many were read."""
    whole = read(data)
    texts = dict(zip(whole.ids, whole.texts, strict=True))
    counts: list[int] = []
    for cut in places:
        try:
            part = read(data[:cut])
        except ParseError:
            continue
        assert dict(zip(part.ids, part.texts, strict=True)).items() <= texts.items()
        assert not part.source.complete
        assert any("cut" in one.message for one in part.diagnostics)
        counts.append(len(part))
    assert counts == sorted(counts)
    assert counts[-1] == len(whole)
    return len(counts)


@pytest.mark.parametrize("form", ["[%s, %s]", "%s"])
def test_a_cut_at_any_byte_leaves_what_stands_before_it(form: str) -> None:
    answers = [json.dumps(plain_answer("a", "b")), json.dumps(plain_answer("c"))]
    data = (form % tuple(answers[: form.count("%")])).encode()
    assert check_cuts(data, range(1, len(data))) > len(data) - 200, "it is recognised early"


@pytest.mark.parametrize(
    "case", ["today", "before_2024", "answers_in_a_list", "player_and_page", "threads_in_threads"]
)
def test_a_cut_anywhere_leaves_what_stands_before_it(case: str) -> None:
    data = data_of(case).strip()
    # Where an answer ends with its line, nobody can know that there was another one.
    ends = {at for at, byte in enumerate(data) if byte == ord("\n")}
    places = [cut for cut in range(1, len(data), len(data) // 120) if cut not in ends]
    check_cuts(data, [*places, len(data) - 1])


def test_a_pinned_comment_of_an_answer_that_is_cut_stays_pinned() -> None:
    found = read(data_of("cut_in_a_comment"))
    assert [(one.text, one.is_pinned) for one in found] == [
        ("pinned", True),
        ("the last before the cut", False),
    ]


def test_half_of_a_character_costs_nothing_else() -> None:
    text = json.dumps(plain_answer("a", "b")).replace("text of a", "text \\ud83d of \\ud83d\\udd14")
    found = read(text)
    assert list(found.texts) == ["text \ufffd of 🔔", "text of b"]
    assert found.source.complete


def test_a_line_break_within_a_text_costs_no_comment() -> None:
    found = read(json.dumps(plain_answer("a", "b")).replace("text of a", "text\nof a"))
    assert sorted(found.texts) == ["text\nof a", "text of b"]


# Threads


def test_threads_within_threads_are_read_however_deep_they_are() -> None:
    names = [f"c{depth}" for depth in range(60)]
    items: list[Json] = []
    for name in reversed(names):
        replies = {"commentRepliesRenderer": {"subThreads": items}}
        items = [{"commentThreadRenderer": {**view(name), "replies": replies}}]
    found = read(json.dumps(answer(items, *(entity(name, name) for name in names))))
    assert sorted(found.texts) == sorted(names)
    assert list(found.depth)[:15] == list(range(15))


def test_ten_thousand_threads_within_each_other_lose_no_comment() -> None:
    opening = '{"commentThreadRenderer": {"replies": {"commentRepliesRenderer": {"contents": ['
    text = json.dumps(answer([view("a")], entity("a", "x"), entity("b", "y")))
    deep = text.replace('{"commentViewModel"', f'{opening * 10_000}{{"commentViewModel"', 1)
    closed = deep.replace('"a"}}}', '"a"}}}' + "]}}}}" * 10_000, 1)
    assert sorted(read(closed).texts) == ["x", "y"]


def levels(*levels: int) -> list[int]:
    """The parents of replies in one list whose levels are these; -1 for what the list answers."""
    names = [f"r.{place}" for place in range(len(levels))]
    entities = [entity(name, name) for name in names]
    for one, level in zip(entities, levels, strict=True):
        one["payload"]["commentEntityPayload"]["properties"]["replyLevel"] = level
    replies = answer([*map(view, names)], *entities, target="comment-replies-item-r")
    found = read(json.dumps(plain_answer("r")) + "\n" + json.dumps(replies))
    ids = list(found.ids)
    parents = (found.parent[ids.index(name)] for name in names)
    return [-1 if parent == 0 else names.index(ids[parent]) for parent in parents]


def test_a_level_puts_a_reply_under_the_one_before_it() -> None:
    assert levels(1, 2, 3, 2, 1, 2) == [-1, 0, 1, 0, -1, 4]
    assert levels(1, 3, 2) == [-1, 0, 0]
    assert levels(0, -5, 10**30) == [-1, -1, 1]


# What is none, and what is made to harm


@pytest.mark.parametrize(
    "text",
    [
        '{"responseContext": {}, "contents": {"twoColumnSearchResultsRenderer": {}}}',
        '{"responseContext": {}, "onResponseReceivedActions": [{"appendContinuationItemsAction":'
        ' {"continuationItems": [{"richItemRenderer": {}}]}}]}',
        '{"responseContext": {}}',
        '{"frameworkUpdates": {"entityBatchUpdate": {"mutations": []}}}',
        '{"response": "comment"}',
        '{"page": "home"}',
        '{"videoDetails": {"videoId": "tideBells_1"}}',
    ],
)
def test_other_answers_are_not_taken_for_it(text: str) -> None:
    with pytest.raises(ParseError, match="no discussion"):
        read(text)


def hostile() -> Iterator[bytes]:
    start = b'{"frameworkUpdates": {"comment": 0, '
    yield start + b'"a": [' * 50_000
    yield start + b'"commentRenderer":{' * 50_000
    yield start + b'"commentEntityPayload":{},' * 50_000
    yield json.dumps(plain_answer("a")).encode() + b"[{" * 50_000
    yield json.dumps(plain_answer("a")).encode() + b'{"comment": "x"} ' * 20_000
    yield b'[{"page": "watch"}' + b',{"response": ' * 20_000
    yield b'{"page": "watch", "response": {"response": {"playerResponse": {}}}}' * 2_000


@pytest.mark.parametrize("number", range(7))
def test_what_is_made_to_harm_is_read_to_its_end(number: int) -> None:
    assert len(read(list(hostile())[number])) <= 1


def test_salvage_looks_at_no_more_than_a_few_times_as_much_as_there_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked = 0

    def counted(data: bytes, at: int) -> int | None:
        nonlocal looked
        looked += len(data) - at
        return None

    monkeypatch.setattr(innertube_salvage, "value_end", counted)
    data = b'"commentRenderer":{' * 20_000
    salvaged(data)
    assert looked < 6 * len(data)


@given(
    case=st.sampled_from(["today", "before_2024", "answers_by_line", "odd_values"]),
    junk=st.binary(max_size=60) | st.sampled_from([b"}", b"]", b'"', b"{", b"[", b",", b"\\"]),
    place=st.floats(0, 1),
    left_out=st.integers(0, 40),
)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_bytes_anywhere_are_read_or_refused(
    case: str, junk: bytes, place: float, left_out: int
) -> None:
    data = data_of(case)
    at = int(place * len(data))
    for damaged in (data[:at] + junk + data[at + left_out :], data[:at] + junk):
        try:
            found = read(damaged)
        except ParseError:
            continue
        assert all(clean(text) == text for text in found.texts)
