"""The built-in sample shows every feature of the reader, so that whoever opens it meets them."""

import unicodedata
from functools import cache
from importlib.resources import files

import pytest

from parser.analysis import Analysis
from parser.loading import load
from parser.model import Discussion

SAMPLE = files("tui") / "sample" / "talk.txt"


@cache
def sample() -> Analysis:
    analysis = Analysis(load(str(SAMPLE)))
    for _ in analysis.scan():
        pass
    return analysis


@pytest.fixture
def analysis() -> Analysis:
    return sample()


@pytest.fixture
def talk(analysis: Analysis) -> Discussion:
    return analysis.discussion


def by(talk: Discussion, author: str, containing: str = "") -> int:
    """The number of the one comment of an author that contains some words."""
    (found,) = (c.index for c in talk if c.author == author and containing in c.text)
    return found


def moments(analysis: Analysis, index: int) -> list[tuple[str, int, str]]:
    return [(t.text, t.seconds, t.certainty) for t in analysis.timestamps(index)]


class TestThePage:
    def test_it_is_read_whole_and_without_complaint(self, talk: Discussion) -> None:
        assert talk.diagnostics == []
        assert talk.source.complete
        assert talk.source.format == "page-text"
        assert talk.source.page_date == "2025-03-14"
        assert (
            talk.video.title == "How the Sea Was Taught to Keep Time | Ines Halvorsen at Longshore"
        )

    def test_it_has_the_layout_of_a_saved_page(self) -> None:
        data = SAMPLE.read_bytes()

        assert b"\r" not in data
        assert not data.endswith(b"\n")
        assert "@longshoretalks \u00a03 years ago".encode() in data

    def test_it_names_no_video_of_its_own(self, talk: Discussion) -> None:
        assert talk.video.address is None

    def test_fewer_comments_are_there_than_claimed(self, talk: Discussion) -> None:
        assert len(talk) == 88
        assert talk.video.comments_claimed == 104

    def test_the_uploader_answers(self, talk: Discussion) -> None:
        uploader = [c for c in talk if c.is_uploader]

        assert {c.author for c in uploader} == {"@longshoretalks"}
        assert sum(c.parent is not None for c in uploader) >= 5

    def test_likes_from_none_to_thousands(self, talk: Discussion) -> None:
        likes = [c.likes for c in talk]

        assert None in likes
        assert 1 in likes
        assert 1100 in likes  # written as 1.1K
        assert max(like or 0 for like in likes) == 2417

    def test_ages_from_hours_to_years(self, talk: Discussion) -> None:
        ages = {c.age_days for c in talk}

        assert {0, 2, 14, 35, 60, 330, 365, 730, 1095} <= ages
        assert any(c.edited for c in talk)

    def test_long_comments_and_short_ones(self, talk: Discussion) -> None:
        lines = [c.text.count("\n") + 1 for c in talk]

        assert sum(count >= 30 for count in lines) >= 2
        assert (
            sum(count == 1 and len(c.text) < 40 for c, count in zip(talk, lines, strict=True)) > 5
        )

    def test_a_typed_bullet_begins_no_comment(self, talk: Discussion) -> None:
        recipe = talk[by(talk, "@bicycle_oracle", "What you need")]

        assert recipe.text.count("\n• ") == 5
        assert "\n\nWhat I got wrong\n" in recipe.text
        assert recipe.text.endswith("do not.")


class TestTheTalk:
    def test_a_long_thread_and_several_short_ones(self, talk: Discussion) -> None:
        replies = sorted((talk.size[first] - 1 for first in talk.threads()), reverse=True)

        assert replies[0] >= 12
        assert sum(count > 0 for count in replies) >= 12
        assert set(talk.depth) == {0, 1}

    def test_who_answers_whom_goes_four_deep(self, analysis: Analysis, talk: Discussion) -> None:
        def depth(index: int) -> int:
            to = analysis.reply(index).to
            return 0 if to is None else 1 + depth(to)

        thread = by(talk, "@fathom_line", "teach")
        deepest = max(range(thread, thread + talk.size[thread]), key=depth)

        assert depth(deepest) >= 4
        assert analysis.reply(deepest).certainty == "inferred"

    def test_a_mirrors_doubled_sign_is_undone(self, talk: Discussion) -> None:
        assert "@@" in SAMPLE.read_text(encoding="utf-8")
        assert not any("@@" in c.text for c in talk)

    def test_somebody_whose_comment_is_gone_is_answered_by_name(
        self, analysis: Analysis, talk: Discussion
    ) -> None:
        gone = [m for i in range(len(talk)) for m in analysis.mentions(i) if " " in m.author]

        assert [(m.author, m.comment) for m in gone] == [("Henrik Saltmarsh", None)] * 2

    def test_a_mention_inside_a_text_and_an_address_that_is_none(
        self, analysis: Analysis, talk: Discussion
    ) -> None:
        mother = by(talk, "@mum_of_that_child", "she is twelve")
        letters = by(talk, "@longshoretalks", "she answers letters")

        assert [m.author for m in analysis.mentions(mother)] == ["@longshoretalks"]
        assert analysis.mentions(letters) == ()


class TestTheChapters:
    def test_they_come_from_a_comment(self, analysis: Analysis) -> None:
        best = analysis.chapter_lists[0]

        assert (best.origin, best.comment) == ("comment", 0)
        assert len(best.chapters) == 17
        assert (best.chapters[0].start, best.chapters[-1].start) == (0, 3738)

    def test_another_comment_offers_another_list(self, analysis: Analysis) -> None:
        other = analysis.chapter_lists[1]

        assert [c.start for c in other.chapters] == [0, 1100, 1385, 1651, 3217]

    def test_they_cite(self, analysis: Analysis) -> None:
        cited = {c.title: c.citations for c in analysis.chapter_lists[0].chapters if c.citations}

        assert cited["Kelvin's brass brain"] == ("4", "5", "6")
        assert cited["Doodson, who counted everything"] == ("7", "8")
        assert cited["What a tide gauge hears besides the tide [14] (do not skip this one)"] == (
            "14",
        )

    def test_much_is_said_about_some_and_nothing_about_others(self, analysis: Analysis) -> None:
        counts = [
            analysis.moments.count(c.start, c.end or 10**6, 0)
            for c in analysis.chapter_lists[0].chapters
        ]

        assert max(counts) >= 5
        assert 0 in counts

    def test_the_references(self, analysis: Analysis) -> None:
        references = [r for r in analysis.references if r.comment == 0]
        by_label = {r.label: r for r in references}

        assert [r.label for r in references] == [str(number) for number in range(1, 15)]
        assert [r.label for r in references if r.kind == "link"] == ["5", "6", "14"]
        assert by_label["6"].links == ("https://www.youtube.com/watch?v=spUNpyF58BY",)
        assert by_label["9"].cited_at == (1910,)
        assert by_label["8"].text.endswith("ISBN 978-0-521-62145-8")

    def test_a_comment_cites_the_list_of_another(
        self, analysis: Analysis, talk: Discussion
    ) -> None:
        reply = by(talk, "@petrel_and_co")

        assert [c.label for c in analysis.citations(reply)] == ["9"]


class TestTheMoments:
    @pytest.mark.parametrize(
        ("author", "containing", "found"),
        [
            ("@caisson_kate", "at 7:13", [("7:13", 433, "certain")]),
            ("@tbilisi_tea", "", [("52:27", 3147, "certain")]),
            ("@archive_mouse", "(31:34).", [("31:34", 1894, "certain")]),
            ("@two_kettles", "", [("2:10", 130, "certain"), ("54:58", 3298, "certain")]),
            ("@foghorn_leigh", "", [("23:05", 1385, "certain")]),
            ("@hanami_harbor", "23：41", [("23：41", 1421, "certain")]),
            ("@jindo_low_water", "", [("37:12", 2232, "certain")]),
            ("@late_ferry", "", [("1:02:18", 3738, "certain")]),
            ("@ebb_tide_ed", "", [("50:03", 3003, "certain")]),
            ("@third_row_left", "", [("9.12", 552, "likely")]),
        ],
    )
    def test_odd_spellings(
        self,
        analysis: Analysis,
        talk: Discussion,
        author: str,
        containing: str,
        found: list[tuple[str, int, str]],
    ) -> None:
        assert moments(analysis, by(talk, author, containing)) == found

    def test_ranges(self, analysis: Analysis, talk: Discussion) -> None:
        (plain,) = analysis.timestamps(by(talk, "@margin_of_error"))
        (dashed,) = analysis.timestamps(by(talk, "@counting_gannets"))

        assert (plain.seconds, plain.end_seconds) == (80, 91)
        assert (dashed.seconds, dashed.end_seconds) == (2018, 2030)

    @pytest.mark.parametrize(
        ("author", "containing"),
        [
            ("@Kuskova_Anna", "1.25x"),
            ("@user-4tq9wz1k", "1.5x"),
            ("@qwerty_quay", "16:9"),
            ("@podcast_pigeon", "#71"),
            ("@podcast_pigeon", "59:28"),
            ("@barnacle_bill_2", "d20"),
            ("@choirmaster_retd", "1:7"),
            ("@night_shift_nils", "8:40"),
            ("@slackwater_sam", "147-236"),
        ],
    )
    def test_what_is_no_time(
        self, analysis: Analysis, talk: Discussion, author: str, containing: str
    ) -> None:
        index = by(talk, author, containing)

        assert not any(containing in text for text, _, _ in moments(analysis, index))

    def test_many_speak_of_the_same_few_seconds(self, analysis: Analysis) -> None:
        assert analysis.moments.count(430, 436, None) >= 3
        assert analysis.moments.count(2016, 2024, None) >= 3
        assert analysis.moments.count(3738, 3739, 0) >= 2


class TestTheLinks:
    def test_all_of_them(self, analysis: Analysis, talk: Discussion) -> None:
        outside_the_list = [
            (link.text, link.url) for i in range(1, len(talk)) for link in analysis.links(i)
        ]

        assert outside_the_list == [
            ("https://en.wikipedia.org/wiki/Ball-and-disk_integrator",) * 2,
            ("https://en.wikipedia.org/wiki/Syzygy_(astronomy)",) * 2,
            ("tidesandcurrents.noaa.gov/map", "https://tidesandcurrents.noaa.gov/map"),
            ("www.psmsl.org/data/", "https://www.psmsl.org/data/"),
            ("https://youtu.be/IgF3OX8nT0w?t=95", "https://youtu.be/IgF3OX8nT0w?t=95"),
            (
                "youtube.com/watch?v=spUNpyF58BY",
                "https://youtube.com/watch?v=spUNpyF58BY",
            ),
            (
                "podcasts.example.org/harbour-lights/71-the-tide-table-of-june",
                "https://podcasts.example.org/harbour-lights/71-the-tide-table-of-june",
            ),
        ]


class TestTheScripts:
    @pytest.mark.parametrize(
        "script", ["CYRILLIC", "CJK", "HIRAGANA", "HANGUL", "ARABIC", "HEBREW", "GREEK"]
    )
    def test_each_is_there(self, talk: Discussion, script: str) -> None:
        assert any(
            unicodedata.name(letter, "").startswith(script) for c in talk for letter in c.text
        )

    @pytest.mark.parametrize(
        "emoji",
        [
            "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466",  # a family
            "\U0001f469\U0001f3fd\u200d\U0001f52c",  # a scientist with a skin tone
            "\U0001f1e8\U0001f1e6",  # a flag of two letters
            "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",  # by tags
            "\u2764\ufe0f",  # a heart with a variation selector
        ],
    )
    def test_emoji_of_several_characters_survive(self, talk: Discussion, emoji: str) -> None:
        assert any(emoji in c.text for c in talk)

    def test_a_handle_in_another_script(self, talk: Discussion) -> None:
        assert talk[by(talk, "@Северный_берег", "Сказала")].parent is not None
