"""What rules out that a ``12:30`` is a moment of a video: the text right beside it.

Each rule sees only a short window, so the cost is bounded for each time. The rules are meant to
be certain: a time of day without any sign of being one ("it would be 8:00") stays a moment, as
it does on the video's own site.
"""

import re

_WINDOW = 48
_WORD = re.compile(r"[^\W_]")

_AFTER_CLOCK = re.compile(
    r"[ \t\xa0\u202f]{0,2}(?:"
    r"(?:am|AM|pm|PM|Pm)(?![^\W_])|[aApP]\.[ ]?[mM]\b"
    r"|(?i:uhr|o['’]?clock|hrs|heures?|часов|часа|утра|вечера|ночи|дня|ранку"
    r"|вечора|ночі|h)(?![^\W_])"
    r"|to Yuma\b"
    r"|(?i:in the (?:morning|afternoon|evening)|at night|de la (?:mañana|tarde|noche|madrugada)"
    r"|da (?:manhã|tarde|noite)|du (?:matin|soir)|de l['’]après-midi|morgens|abends|nachts)"
    r"(?![^\W_])"
    r"|(?:مساء|صباح)(?:ا|ً|اً|ًا)?(?![^\W_])|بعد الظهر|[صم](?![^\W_])"
    r"|(?:UTC|GMT|[ECMP][SD]T|CES?T|EES?T|MSK|JST|KST|IST|BST|Zulu)(?![^\W_]))"
)
_NOT_CLOCK = re.compile(
    # "am" is a German word before a noun or superlative, and an English question.
    r"\s{1,2}am\s+(?:[^\W\d_]{2,20}sten\b|Anfang|Ende|Schluss|Stück"
    r"|[Ii] (?:the|only|seeing|hearing|crazy|dumb|stupid|wrong|right|missing|tripping|just)\b)"
)
_BEFORE_CLOCK = re.compile(
    r"(?:午前|午後|上午|下午|早上|晚上|凌晨|오전|오후"
    r"|\b(?i:kl\.?|klo|godz\.?|godzinie)"
    r"|\b(?i:tonight|tomorrow|yesterday|every (?:day|morning|night|evening)) at"
    r"|\b(?i:heute|morgen|gestern|täglich) um|\b(?i:сегодня|завтра|вчера) в"
    r"|الساعة|(?<!\w)שעה|בשעה"
    r"|\b(?i:bed ?time|alarm|curfew)\b[^\n.!?;]{0,24}"
    r")[ \t\xa0]?$"
)
_ENDS_BEFORE_CLOCK = (
    *("午前", "午後", "上午", "下午", "早上", "晚上", "凌晨", "오전", "오후", "الساعة", "שעה"),
    *("kl", "kl.", "klo", "godz", "godz.", "godzinie", " at", " um", " в"),
)
_WORDS_BEFORE_CLOCK = ("bed", "alarm", "curfew")
"""What there must be of the above: to look for it takes a tenth of the time."""
_BEFORE_DATE = re.compile(
    r"(?<!\d)(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4})\.?,?[ T]{0,2}$"
)
_BEFORE_OFFSET = re.compile(r"\b(?:UTC|GMT)[ ]?[+−-]$")
_BEFORE_RATIO = re.compile(
    r"\b(?i:(?:aspect )?ratio|scale|odds|соотношени\w{1,2}|масштаб\w{0,2}|verhältnis|maßstab"
    r"|proporción|escala|échelle|score(?= of| was| is|:)|сч[её]т\w{0,2}(?= был|:))"
    r"(?i: (?:of|is|was|von|de|был))?[ \t:=]{1,2}$"
)
_RATIO_WORDS = ("ratio", "scale", "odds", "escala", "score")
_MORE_RATIO_WORDS = (
    *("соотношени", "масштаб", "счет", "счёт", "verhältnis", "massstab", "proporción", "échelle"),
    *_RATIO_WORDS,
)
"""What there must be of the above, where all is ASCII and where it is not; case folded."""
_AFTER_RATIO = re.compile(
    r"[ \t-](?:aspect|ratio|odds|scale(?! exercise)"
    r"|(?<=16:10[ -])(?:screen|monitor|display|laptop))\b"
)
_AFTER_UNIT = re.compile(r"[ ]?(?:[%°]|/[^\W\d_])")
_GLUED_AFTER = re.compile(r"(?i:mins?|m|secs?|s|мин)(?![^\W_])")
_NUMBER_AFTER = re.compile(r"[.,]\d(?!\d{0,2}[:：∶]\d)")
_NUMBER_BEFORE = re.compile(r"\d[.,/]$")


def is_glued(text: str, start: int, end: int, previous: int) -> bool:
    """Whether a time is a piece of a longer word or number.

    ``previous`` is where the last time before it ended: ``1:20,3:40`` are two. Letters of
    scripts without capitals are no obstacle: those are written without spaces.
    """
    before = text[start - 1] if start else ""
    after = text[end] if end < len(text) else ""
    if before and (_cased(before) or before in "$€£¥#" or text[max(0, start - 2) : start] == "::"):
        return True
    if start - 1 != previous and _NUMBER_BEFORE.search(text[max(0, start - 2) : start]):
        return True
    if after and _cased(after) and not _GLUED_AFTER.match(text, end):
        return True
    return bool(_NUMBER_AFTER.match(text, end) or _AFTER_UNIT.match(text, end))


def is_time_of_day(text: str, start: int, end: int) -> bool:
    """Whether the words beside a time say that it is one of a clock, a date or a zone."""
    if _AFTER_CLOCK.match(text, end):
        return _NOT_CLOCK.match(text, end) is None
    before = _words_before(text, start)
    if not before:
        return False
    if before[-1] in "+-−" and _BEFORE_OFFSET.search(before):
        return True
    if before.rstrip(" T.,")[-1:].isdigit() and _BEFORE_DATE.search(before):
        return True
    return _may_say_clock(before) and _BEFORE_CLOCK.search(before) is not None


def is_ratio(text: str, start: int, end: int) -> bool:
    """Whether the words beside a time say that it is a ratio, a scale, odds or a score."""
    before = _words_before(text, start)
    if not before:
        return False
    if _AFTER_RATIO.match(text, end):
        return True
    return _may_say_ratio(before) and _BEFORE_RATIO.search(before) is not None


def _may_say_ratio(before: str) -> bool:
    if before.isascii():
        lower = before.lower()
        return any(word in lower for word in _RATIO_WORDS)
    folded = before.casefold().replace("i\u0307", "i").replace("ı", "i")
    return any(word in folded for word in _MORE_RATIO_WORDS)


def _may_say_clock(before: str) -> bool:
    lower = before.rstrip().lower()
    return lower.endswith(_ENDS_BEFORE_CLOCK) or any(word in lower for word in _WORDS_BEFORE_CLOCK)


def _words_before(text: str, start: int) -> str:
    """The end of the line before a time, when it holds any letter or digit."""
    before = text[max(0, start - _WINDOW) : start].rpartition("\n")[2]
    return before if _WORD.search(before) else ""


def _cased(character: str) -> bool:
    return character.lower() != character.upper()
