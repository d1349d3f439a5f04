"""What the copy menu offers for a comment and for a chapter."""

from parser.model import Video
from tests.tui.sessions import CHAPTERS, VIDEO, session
from tui.copying import CopyChoice, chapter_choices, comment_choices
from tui.session import Session

KNOWN = Video(site=VIDEO.site, id=VIDEO.id)
LINK = f"https://youtu.be/{VIDEO.id}?t="


def offered(made: Session, comment: int) -> dict[str, CopyChoice]:
    """The choices by their keys, no key being there twice."""
    made.go_to(comment)
    choices = comment_choices(made, comment)
    keys = [choice.key for choice in choices if choice.key]
    assert len(keys) == len(set(keys))
    return {choice.key: choice for choice in choices}


def test_every_comment_offers_its_text_and_its_author() -> None:
    made = session(("@marina", "  Just words,\n\nas written  "))
    assert {key: choice.text for key, choice in offered(made, 0).items()} == {
        "t": "  Just words,\n\nas written  ",
        "a": "@marina",
    }


def test_without_an_author_none_is_offered() -> None:
    assert list(offered(session("words"), 0)) == ["t"]


def test_the_current_moment_is_offered_first() -> None:
    made = session(("@a", "1:00 and 2:05"), video=KNOWN)
    made.go_to(0)
    made.moment = 1
    first = comment_choices(made, 0)[0]
    assert first == CopyChoice("y", "the link at 2:05", LINK + "125", LINK + "125", 125)


def test_all_moments_are_offered_from_two_up() -> None:
    made = session(("@a", "1:00 and 2:05"), ("@b", "3:00"), video=KNOWN)
    assert offered(made, 0)["m"].text == f"1:00 {LINK}60\n2:05 {LINK}125"
    assert offered(made, 0)["m"].label == "all 2 moments"
    assert "m" not in offered(made, 1)


def test_without_a_video_times_are_offered_and_said_to_be_no_links() -> None:
    made = session(("@a", "1:00 and 2:05"))
    choices = offered(made, 0)
    assert choices["y"].text == "1:00"
    assert choices["y"].label == "1:00 (video not set: v)"
    assert choices["y"].seconds == 60
    assert choices["m"].text == "1:00\n2:05"


def test_references_are_offered_as_a_list() -> None:
    made = session(("@a", CHAPTERS))
    choice = offered(made, 0)["r"]
    assert choice.label == "all 2 references"
    assert choice.text == (
        "[1] Halloran, D. (1998). The Slow Sea.\n[2] Ito, K. (2003). Two bulges."
    )
    assert "r" not in offered(session(("@a", CHAPTERS), analysed=False), 0)


def test_links_are_offered_by_the_address_that_opens() -> None:
    made = session(
        ("@a", "www.sea.example/a and https://sea.example/b"), ("@b", "www.sea.example/c")
    )
    choices = offered(made, 0)
    opens = [link.url for link in made.analysis.links(0)]
    assert [choices["1"].text, choices["2"].text] == opens
    assert choices["1"].label == "link 1"
    assert choices["l"].text == "\n".join(opens)
    assert "l" not in offered(made, 1)


def test_beyond_nine_links_have_no_key_but_are_there() -> None:
    made = session(("@a", " ".join(f"https://sea.example/{n}" for n in range(12))))
    choices = comment_choices(made, 0)
    assert [choice.key for choice in choices[-4:]] == ["9", "", "", ""]
    assert choices[-1].text == "https://sea.example/11"


def test_an_empty_discussion_offers_nothing() -> None:
    assert comment_choices(session(), 0) == []
    assert chapter_choices(session(), 0) == []


def test_a_chapter_offers_its_link_its_title_and_the_whole_list() -> None:
    made = session(("@a", CHAPTERS), video=KNOWN)
    choices = {choice.key: choice for choice in chapter_choices(made, 1)}
    assert made.chapters is not None
    titles = [chapter.title for chapter in made.chapters.chapters]
    starts = (0, 120, 330, 550)
    clocks = ("0:00", "2:00", "5:30", "9:10")
    assert choices["y"] == CopyChoice("y", "the link at 2:00", LINK + "120", LINK + "120", 120)
    assert choices["t"].text == titles[1]
    assert choices["c"].text == "\n".join(f"{c} {t}" for c, t in zip(clocks, titles, strict=True))
    assert choices["l"].text == "\n".join(
        f"{c} {t} {LINK}{s}" for c, t, s in zip(clocks, titles, starts, strict=True)
    )
    assert choices["l"].label == "all chapters with links"


def test_a_chapter_of_an_unknown_video_offers_no_links() -> None:
    choices = {c.key: c for c in chapter_choices(session(("@a", CHAPTERS)), 0)}
    assert list(choices) == ["y", "t", "c"]
    assert choices["y"].text == "0:00"
    assert choices["y"].label == "0:00 (video not set: v)"


def test_where_no_chapters_are_shown_none_are_offered() -> None:
    made = session(("@a", CHAPTERS))
    made.choose_chapters(None)
    assert chapter_choices(made, 0) == []
