"""Whether a ``12:16`` is a verse: what stands before it names a book of scripture.

Names that are also everyday words or first names ("Mark", "Job", "Acts") count only with a
capital; the rest in any case. A number before the name ("1 Corinthians") changes nothing, and a
time that follows a verse behind a comma or semicolon is the next verse.
"""

import re

_ANY_CASE = (
    # English
    "genesis exodus leviticus deuteronomy psalm psalms proverbs ecclesiastes isaiah jeremiah "
    "lamentations ezekiel hosea obadiah nahum habakkuk zephaniah haggai zechariah malachi "
    "corinthians galatians ephesians philippians colossians thessalonians philemon hebrews "
    "revelation revelations matt deut quran qur'an koran "
    # German, Dutch
    "matthäus lukas johannes römer korinther galater epheser philipper kolosser thessalonicher "
    "hebräer jakobus offenbarung sprüche jesaja jeremia hesekiel mose openbaring psalmen "
    # Spanish, Portuguese, Italian, French
    "génesis éxodo levítico deuteronomio salmo salmos proverbios eclesiastés isaías jeremías "
    "ezequiel mateo hechos romanos corintios gálatas efesios filipenses colosenses hebreos "
    "santiago apocalipsis provérbios isaías mateus coríntios apocalipse salmi matteo romani "
    "corinzi ebrei apocalisse genèse exode psaume psaumes proverbes ésaïe matthieu romains "
    "corinthiens galates éphésiens hébreux apocalypse "
    # Arabic, Hebrew, Chinese, Japanese, Korean
    "سورة القرآن المزامير متى يوحنا لوقا בראשית תהילים 創世記 创世记 诗篇 詩篇 马太福音 馬太福音 "
    "约翰福音 約翰福音 罗马书 羅馬書 マタイ ヨハネ ローマ 창세기 시편 마태복음 요한복음 로마서"
)
_CAPITAL = (
    "Numbers Joshua Judges Ruth Samuel Kings Chronicles Ezra Nehemiah Esther Job Daniel Joel "
    "Amos Jonah Micah Matthew Mark Luke John Acts Romans Timothy Titus James Peter Jude Gen "
    "Ex Exod Lev Num Josh Judg Sam Chron Neh Ps Psa Prov Eccl Isa Jer Ezek Dan Hos Mic Hab "
    "Zech Mal Mt Mk Lk Jn Rom Cor Gal Eph Phil Col Thess Tim Heb Jas Pet Rev Apg Röm Kor Offb "
    "Mos Spr Jes Marcos Lucas Juan João Marco Luca Giovanni Marc Luc Jean Actes Atos Atti "
    "Gita Sura Surah Surat Бытие Бытия Исход Левит Второзаконие Псалом Псалтирь Притчи "
    "Екклесиаст Исаия Исаии Иеремия Иезекииль Матфея Марка Луки Иоанна Деяния Римлянам "
    "Коринфянам Галатам Ефесянам Филиппийцам Колоссянам Фессалоникийцам Тимофею Евреям Иакова "
    "Откровение Откровения Мф Мк Лк Ин Быт Рим Коран Сура Матвія Івана Корінтян Рдз Psalmu "
    "Mateusza Łukasza Jana Koryntian Откр Кор Пс Ис Евр Деян Втор Иер Иез Гал Еф Флп Кол Тим "
    "Пет Иак Прит Еккл Дії Мт Об"
)
_BOOKS = frozenset(_ANY_CASE.split()) | frozenset(name.lower() for name in _CAPITAL.split())
_NEEDS_CAPITAL = frozenset(name.lower() for name in _CAPITAL.split()) - frozenset(_ANY_CASE.split())
_LONGEST = 24

_BEFORE = re.compile(r"([^\W\d_][^\W\d_'’]{0,23})\.?[ \t\xa0]{0,3}\(?$")
_SURAH = re.compile(
    r"\b(?:surah?|surat|сура|sure)\s+[\w'’-]{1,20}(?:\s[\w'’-]{1,20})?[ \t,(]{1,3}$", re.I
)
_NEXT = re.compile(r"(?:-\d{1,3})?[ \t]*[,;&][ \t]*")


def follows_book(text: str, start: int) -> bool:
    """Whether the words right before ``start`` name a book of scripture."""
    if start == 0 or text[start - 1] == "\n":
        return False
    window = text[max(0, start - 2 * _LONGEST) : start].rpartition("\n")[2]
    last = window.rstrip()[-1:]
    if not (last.isalpha() or last in "('’.,"):
        return False
    if _may_name_book(window):
        match = _BEFORE.search(window)
        word = match[1] if match else ""
        folded = word.lower()
        if folded in _BOOKS and (folded not in _NEEDS_CAPITAL or word[0].isupper()):
            return True
    folded = window.casefold()
    return ("sur" in folded or "сур" in folded) and _SURAH.search(window) is not None


def _may_name_book(window: str) -> bool:
    """Whether the word that ends a text but for signs is a book's: quicker than ``_BEFORE``."""
    end = start = len(window.rstrip(" \t\xa0(."))
    while start > 0 and (window[start - 1].isalpha() or window[start - 1] in "'’"):
        start -= 1
    return window[start:end].lstrip("'’").lower() in _BOOKS


def continues_verse(text: str, verse_end: int, start: int) -> bool:
    """Whether nothing but a comma (or a last verse's number) parts a time from a verse before."""
    return start - verse_end <= 8 and _NEXT.fullmatch(text, verse_end, start) is not None
