"""Where the reader is in a discussion, and what the session makes of it."""

import pytest

from parser.loading import Loading, open_discussion
from parser.model import Discussion, Record, Source, StatedChapter, Video
from parser.text.marks import VideoAddress
from parser.threads import Builder
from tests.tui.sessions import CHAPTERS, VIDEO, analyse, session, session_of
from tui.paths import sample_path
from tui.session import NEARBY_SECONDS, Nearby, Session

TALK = (
    ("@a", CHAPTERS),
    ("@b", "at 2:30, 5:31 and 9:59"),
    ("@c", "nothing of the kind"),
    ("@d", "@b 5:40, and 0:10", 2),
    ("@e", "2:10"),
)


# Going to a comment


def test_the_current_moment_is_the_first_of_the_comment() -> None:
    made = session(*TALK)
    assert made.go_to(1)
    assert made.moment == 0
    assert made.current_moment is not None
    assert made.current_moment.seconds == 150
    assert [each.seconds for each in made.moments] == [150, 331, 599]


def test_a_comment_without_moments_has_no_current_one() -> None:
    made = session(*TALK)
    made.go_to(2)
    assert made.moment is None
    assert made.current_moment is None
    assert made.current_chapter is None
    assert made.moments == ()


def test_going_where_one_is_keeps_the_moment() -> None:
    made = session(*TALK)
    made.go_to(1)
    made.moment = 2
    assert not made.go_to(1)
    assert made.moment == 2
    assert made.go_to(4)
    assert made.go_to(1)
    assert made.moment == 0


def test_the_moment_stays_one_of_the_comments() -> None:
    made = session(*TALK)
    made.go_to(1)
    made.moment = 2
    made.refresh_moment()
    assert made.moment == 2
    made.moment = 9
    made.refresh_moment()
    assert made.moment == 2
    made.current = 2
    made.refresh_moment()
    assert made.moment is None


def test_an_empty_discussion_has_nothing() -> None:
    made = session()
    made.refresh_moment()
    assert made.moments == ()
    assert made.current_moment is None
    assert made.chapters is None
    assert made.about_chapter(0) == []
    assert made.next_with_moments(1) is None
    assert not made.is_much_liked(0)


# From moment to moment


def along(made: Session, step: int) -> list[int]:
    """The comments that one comes by, going from where one is."""
    found: list[int] = []
    while (comment := made.next_with_moments(step)) is not None:
        found.append(comment)
        made.go_to(comment)
        assert len(found) <= len(made.discussion), "it goes in a circle"
    return found


@pytest.mark.parametrize("analysed", [True, False])
def test_the_next_comment_with_a_moment(analysed: bool) -> None:
    made = session(*TALK, analysed=analysed)
    assert along(made, 1) == [1, 3, 4]
    assert along(made, -1) == [3, 1, 0]
    made.go_to(2)
    assert made.next_with_moments(1) == 3
    assert made.next_with_moments(-1) == 1


def test_moments_come_in_the_order_that_is_shown() -> None:
    made = session(
        ("@a", "first"), ("@b", "1:00", 0), ("@c", "2:00", 0), ("@d", "@b 3:00", 0), ("@e", "4:00")
    )
    assert along(made, 1) == [1, 2, 3, 4]
    made.view.toggle_nesting(0)
    made.go_to(0)
    assert along(made, 1) == [1, 3, 2, 4]
    assert along(made, -1) == [2, 3, 1]
    made.view.toggle_nesting(0)
    made.go_to(0)
    assert along(made, 1) == [1, 2, 3, 4]


def test_among_a_chosen_few_only_theirs_count() -> None:
    made = session(*TALK)
    made.view.only([4, 2, 1])
    made.go_to(4)
    assert along(made, 1) == [1]
    assert along(made, -1) == [4]


# Chapters


def test_chapters_come_from_the_comment_that_lists_them() -> None:
    made = session(*TALK)
    assert made.chapters is not None
    assert made.chapters.comment == 0
    assert [each.start for each in made.chapters.chapters] == [0, 120, 330, 550]
    assert made.is_chapter_list(0)
    assert not made.is_chapter_list(1)


def test_chapters_count_who_speaks_of_them_the_list_apart() -> None:
    assert session(*TALK).chapter_counts == [1, 2, 2, 1]


def test_who_speaks_of_a_chapter_in_the_order_of_what_they_speak_of() -> None:
    made = session(*TALK)
    assert [made.about_chapter(n) for n in range(4)] == [[3], [4, 1], [1, 3], [1]]


def test_which_chapter_a_moment_lies_in() -> None:
    made = session(*TALK)
    seconds = (0, 119, 120, 329, 330, 550, 10**6)
    assert [made.chapter_at(each) for each in seconds] == [0, 0, 1, 1, 2, 3, 3]
    assert session("words").chapter_at(5) is None


def test_the_current_chapter_is_that_of_the_current_moment() -> None:
    made = session(*TALK)
    made.go_to(1)
    assert made.current_chapter == 1
    made.moment = 2
    assert made.current_chapter == 3


def test_before_the_first_and_after_the_last_chapter_there_is_none() -> None:
    chapters = (StatedChapter(60, "One", 120), StatedChapter(180, "Two", 240))
    made = session(("@a", "0:30 1:30 2:30 3:30 4:30"), video=Video(chapters=chapters))
    assert [made.chapter_at(s) for s in (30, 90, 150, 210, 270)] == [None, 0, None, 1, None]


def test_another_list_can_be_chosen_and_stays() -> None:
    video = Video(description="0:00 Before\n4:00 During\n8:00 After")
    made = session(*TALK, video=video)
    assert made.chapters is not None
    assert made.chapters.origin == "description"
    other = next(each for each in made.chapter_lists if each.comment == 0)
    made.choose_chapters(other)
    assert made.chapter_counts == [1, 2, 2, 1]
    assert made.about_chapter(1) == [4, 1]
    made.finish_analysis()
    assert made.chapters == other
    made.choose_chapters(None)
    assert made.chapter_counts == []
    assert made.about_chapter(0) == []


def test_what_a_list_from_elsewhere_counts_leaves_no_comment_out() -> None:
    made = session(("@a", "4:30"), video=Video(description="0:00 Before\n4:00 During\n8:00 After"))
    assert made.chapter_counts == [0, 1, 0]


def test_stated_chapters_are_there_before_the_comments_were_looked_through() -> None:
    video = Video(chapters=(StatedChapter(0, "One"), StatedChapter(90, "Two")))
    made = session(("@a", "1:40"), video=video, analysed=False)
    assert made.take_stated_chapters()
    assert not made.take_stated_chapters(), "they are there"
    assert made.chapters is not None
    analyse(made)
    assert made.chapter_counts == [0, 1]
    assert not session("words", analysed=False).take_stated_chapters()


# Nearby


def test_nearby_is_what_others_say_within_half_a_minute() -> None:
    made = session(*TALK)
    made.go_to(1)
    assert made.nearby(331) == [Nearby(340, 3)], "neither its own nor the chapter list's"
    assert made.nearby(130 + NEARBY_SECONDS) == [Nearby(130, 4)]
    assert made.nearby(131 + NEARBY_SECONDS) == []
    assert session(*TALK, analysed=False).nearby(331) == []


# Likes


def test_much_liked_is_the_top_tenth() -> None:
    made = session(*["words"] * 100, likes=dict(enumerate(range(100))))
    assert 10 <= sum(made.is_much_liked(n) for n in range(100)) <= 11
    assert made.is_much_liked(99)


def test_where_nothing_is_liked_nothing_stands_out() -> None:
    assert not session(*["words"] * 20).is_much_liked(0)
    assert session(*["words"] * 20, likes={3: 1}).is_much_liked(1)


# Mentions


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("@b so do I", "so do I"),
        ("  @b, so do I", "so do I"),
        ("@b: so do I", "so do I"),
        ("@b\n\nso do I", "so do I"),
        ("so do I, @b", "so do I, @b"),
        ("@b", "@b"),
        ("@b  ", "@b  "),
        ("", ""),
        ("mail me@b.example", "mail me@b.example"),
        ("@ b", "@ b"),
    ],
)
def test_text_begins_behind_a_leading_mention(text: str, shown: str) -> None:
    made = session(("@a", "first"), ("@b", "one", 0), ("@c", text, 0))
    assert text[made.leading_mention(2) :] == shown


# The video


def test_without_a_video_there_are_no_links() -> None:
    made = session(*TALK)
    assert made.video is None
    assert made.link(5) is None


def test_the_files_video_gives_links_and_the_readers_word_goes_before_it() -> None:
    made = session(*TALK, video=Video(site="youtube", id="ffffffffffE"))
    assert made.link(0) == "https://youtu.be/ffffffffffE?t=0"
    made.choose_video(VIDEO)
    assert made.video == VIDEO
    assert made.link(228) == f"https://youtu.be/{VIDEO.id}?t=228"


def test_a_site_without_links_to_moments_gives_none() -> None:
    made = session(*TALK)
    made.choose_video(VideoAddress("nowhere", "1"))
    assert made.link(5) is None


def test_the_discussion_takes_up_the_chosen_video_when_it_is_asked_to() -> None:
    link = f"https://youtu.be/{VIDEO.id}?t=90"
    made = session(("@a", f"look at {link} 2:30"))
    assert not made.take_up_video(), "none was chosen"
    before = [each.seconds for each in made.analysis.timestamps(0)]
    made.choose_video(VIDEO)
    assert made.discussion.video.address is None
    assert made.take_up_video()
    assert made.discussion.video.address == VIDEO
    assert not made.take_up_video(), "it has it"
    analyse(made)
    after = [each.seconds for each in made.analysis.timestamps(0)]
    assert 150 not in before, "behind a link to who knows what"
    assert 150 in after


# Numbers that change


def test_the_current_comment_is_found_again_when_numbers_changed() -> None:
    discussion = Discussion(Source("test", "test"))
    builder = Builder(discussion)
    builder.add(
        [
            Record(id="a", text="first"),
            Record(id="b", text="at 1:00"),
            Record(id="late", text="at 2:00", parent="a"),
        ]
    )
    made = session_of(discussion, analysed=False)
    made.go_to(1)
    builder.finish()
    assert made.view.grow()
    made.find_again()
    assert discussion.ids[made.current] == "b"
    assert made.current == 2
    analyse(made)
    assert along(made, -1) == [1]


# All of it, from a file


def loaded() -> tuple[Loading, Session]:
    loading = open_discussion(sample_path())
    return loading, Session(loading)


def test_a_session_lives_while_its_file_is_being_read() -> None:
    loading, made = loaded()
    for _ in loading.steps():
        made.view.grow()
        made.refresh_moment()
        assert len(made.view) == made.view.threads
    analyse(made)
    assert made.chapters is not None
    assert any(made.chapter_counts)
    for number, count in enumerate(made.chapter_counts):
        assert len(made.about_chapter(number)) == count


def test_every_moment_of_the_sample_is_met_in_both_nestings() -> None:
    loading, made = loaded()
    for _ in loading.steps():
        pass
    made.view.grow()
    analyse(made)
    spoken = [n for n in range(len(made.discussion)) if made.analysis.timestamps(n)]
    made.go_to(0)
    start = [0] if 0 in spoken else []
    assert start + along(made, 1) == spoken
    for thread in list(made.discussion.threads()):
        made.view.toggle_nesting(thread)
    made.go_to(0)
    met = start + along(made, 1)
    assert sorted(met) == spoken
    assert [made.view.place_of(n) for n in met] == sorted(made.view.place_of(n) for n in met)
