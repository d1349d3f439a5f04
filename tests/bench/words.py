"""Words to make comments of: long ribbons of text in several languages, cut where needed."""

import random

RIBBON = 400_000
"""Letters in each language's ribbon, about; long enough that equal texts are rare."""

_VOICES: dict[str, tuple[str, str]] = {
    # language: (its words, its full stops)
    "en": (
        "the a this that video talk part one great really why how when where people always never "
        "watch again explain moment chapter honest first time years later music sound teacher "
        "thank you for I we they was is are be have had think know makes feel through every "
        "little question answer minute science story laugh crying underrated channel deserves "
        "more still here after all these because without nobody speaks about beautiful graph "
        "wrong actually correction source book read lecture slow clear voice don't can't it's",
        ". |! |? |... |, |; ",
    ),
    "ru": (
        "это видео очень спасибо автору почему как когда где люди всегда никогда смотрю снова "
        "объясняет момент глава честно первый раз лет потом музыка звук учитель для мы они был "
        "есть думаю знаю через каждый вопрос ответ минута наука история смешно канал заслуживает "
        "больше ещё здесь после всё потому без никто не говорит красиво книга лекция голос понятно",
        ". |! |? |... |, |) ",
    ),
    "es": (
        "el la este video muy gracias por qué cómo cuándo gente siempre nunca miro otra vez "
        "explica momento capítulo honesto primera años después música sonido profesor para "
        "nosotros era es son tengo pienso sé cada pregunta respuesta minuto ciencia historia "
        "risa canal merece más todavía aquí porque sin nadie habla hermoso libro mañana corazón",
        ". |! |? |... |, ",
    ),
    "ja": (
        "この 動画 は とても 面白い です なぜ 人 いつも もう一度 見る 説明 が 分かり "
        "やすい 音楽 先生 ありがとう ございます 質問 答え 時間 科学 物語 笑った "
        "チャンネル 最高 ここ 本 講義 声 きれい",
        "。|！|？|、|…|w",
    ),
    "ar": (
        "هذا الفيديو جميل جدا شكرا لماذا كيف متى الناس دائما أبدا أشاهد مرة أخرى يشرح لحظة فصل "
        "صوت موسيقى معلم نحن كان أعتقد أعرف كل سؤال جواب دقيقة علم قصة قناة يستحق أكثر هنا كتاب",
        ". |! |؟ |، ",
    ),
    "emoji": ("😂 😂😂 🔥 ❤️ 👏👏👏 🙏 😭 💀 🎉 👍🏽 🤯 👩‍🔬 🇧🇷 💯 wow omg lol yes", " | |! |!!! "),
}
SHARES = {"en": 62, "ru": 12, "es": 11, "ja": 6, "ar": 5, "emoji": 4}
"""Of a hundred comments, how many are in which language."""
_UNSPACED = frozenset({"ja"})


def ribbon(language: str) -> str:
    """Sentences of a language's words, about `RIBBON` letters; always the same."""
    words, stops = _VOICES[language]
    pool, ends = words.split(), stops.split("|")
    rng = random.Random(f"ribbon {language}")
    gap = "" if language in _UNSPACED else " "
    parts: list[str] = []
    letters = 0
    while letters < RIBBON:
        sentence = gap.join(rng.choices(pool, k=1 + min(24, int(rng.expovariate(0.12)))))
        parts.append(sentence[0].upper() + sentence[1:] + rng.choice(ends))
        letters += len(parts[-1])
    return "".join(parts)


def cut(text: str, start: int, length: int) -> str:
    """About ``length`` letters of a ribbon, from word to word where words are; never empty."""
    start = text.find(" ", start, start + 16) + 1 or start
    end = start + length
    space = text.find(" ", end, end + 12)
    piece = text[start : space if space > 0 else end].strip(" .,;!?|")
    return piece or "ok"
