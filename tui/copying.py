"""What can be copied from where one stands, each with one key."""

import msgspec

from tui.entries import MOST_LISTED
from tui.render import clock, plural
from tui.session import Session

REFERENCE_KEYS = "123456789"


class CopyChoice(msgspec.Struct, frozen=True):
    """A choice of the copy menu: ``text`` is what would be copied, ``what`` how it is named.

    ``seconds``: it is the link to a moment, to be made when it is chosen.
    """

    key: str
    label: str
    text: str
    what: str
    seconds: int | None = None


def comment_choices(session: Session, index: int) -> list[CopyChoice]:
    """What the comment offers: its moments, text, author, references and its first links."""
    comment = session.discussion[index] if len(session.discussion) else None
    if comment is None:
        return []
    choices = _moment_choices(session)
    choices.append(CopyChoice("t", "the text", comment.text, "the text"))
    if comment.author:
        choices.append(CopyChoice("a", "the author", comment.author, comment.author))
    references = session.analysis.references_of(index) if session.analysed else ()
    if references:
        listed = "\n".join(f"[{each.label}] {each.text}" for each in references)
        what = plural(len(references), "reference")
        choices.append(CopyChoice("r", f"all {what}", listed, what))
    links = session.analysis.links(index)
    if len(links) > 1:
        what = plural(len(links), "link")
        choices.append(CopyChoice("l", f"all {what}", "\n".join(x.url for x in links), what))
    for number, link in enumerate(links[:MOST_LISTED]):
        key = REFERENCE_KEYS[number] if number < len(REFERENCE_KEYS) else ""
        choices.append(CopyChoice(key, f"link {number + 1}", link.url, link.url))
    return choices


def _moment_choices(session: Session) -> list[CopyChoice]:
    moment, moments = session.current_moment, session.moments
    if moment is None:
        return []
    time = clock(moment.seconds)
    link = session.link(moment.seconds)
    named = f"the link at {time}" if link else f"{time} (video not set: v)"
    choices = [CopyChoice("y", named, link or time, link or time, moment.seconds)]
    if len(moments) > 1:
        lines = [
            f"{clock(each.seconds)} {session.link(each.seconds) or ''}".rstrip() for each in moments
        ]
        what = plural(len(moments), "moment")
        choices.append(CopyChoice("m", f"all {what}", "\n".join(lines), what))
    return choices


def chapter_choices(session: Session, number: int) -> list[CopyChoice]:
    """What the chapter list offers: this chapter's link and title, and the whole list."""
    if session.chapters is None or not session.chapters.chapters:
        return []
    chapters = session.chapters.chapters
    chapter = chapters[number]
    time = clock(chapter.start)
    link = session.link(chapter.start)
    named = f"the link at {time}" if link else f"{time} (video not set: v)"
    listed = "\n".join(f"{clock(each.start)} {each.title}" for each in chapters)
    linked = "\n".join(
        f"{clock(each.start)} {each.title} {session.link(each.start)}" for each in chapters
    )
    choices = [
        CopyChoice("y", named, link or time, link or time, chapter.start),
        CopyChoice("t", "the title", chapter.title, "the title"),
        CopyChoice("c", "all chapters", listed, plural(len(chapters), "chapter")),
    ]
    if link:
        what = f"{plural(len(chapters), 'chapter')} with links"
        choices.append(CopyChoice("l", "all chapters with links", linked, what))
    return choices
