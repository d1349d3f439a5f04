"""What strangers may write: one line a class.

A class goes into every field of every format (see :mod:`tests.hostile.forms`) and, cut to what
a name can hold, into file names and arguments.
"""

# ruff: noqa: E501 - a class is a line

from collections.abc import Callable
from dataclasses import dataclass

ESC, BEL, ST, CSI_8, ST_8 = "\x1b", "\x07", "\x1b\\", "\x9b", "\x9c"
SECRET = "c3RvbGVu"
"""What an OSC 52 of a stranger would put on the clipboard ("stolen", in base64)."""
MEGABYTE = 1_000_000
LINES = 100_000


@dataclass(frozen=True)
class Text:
    """A class: its name, and its text or what makes it.

    ``huge``: so long that it stands whole in a few fields only, and its first 4 KB elsewhere.
    """

    name: str
    source: str | Callable[[], str]
    huge: bool = False

    @property
    def text(self) -> str:
        return self.source if isinstance(self.source, str) else self.source()


def _each(first: int, last: int, skip: str = "") -> str:
    return "".join(f"{chr(code)}." for code in range(first, last) if chr(code) not in skip)


def _wide(*codes: int) -> str:
    return "".join(f"a{chr(code)}b" for code in codes)


TEXTS = (
    # Controls
    Text("C0, each but line breaks", _each(0, 0x20, "\r\n")),
    Text("C0, each but NUL", _each(1, 0x20, "\r\n")),
    Text("C0, each doubled", "".join(chr(code) * 2 for code in range(0x20) if code != 0x0A)),
    Text("carriage returns", "shown\rhidden\r\rover\r\nline"),
    Text("line breaks", "one\n\n\ntwo\n"),
    Text("tabs", "\t\ta\tb\t"),
    Text("backspaces", "rm -rf\b\b\b\b\b\bls    "),
    Text("shift out and in", "\x0elqqk\x0f"),
    Text("NUL in between", "a\x00b\x00\x00c"),
    Text("DEL", "a\x7fb\x7f"),
    Text("C1, each", _each(0x80, 0xA0)),
    Text("enquiry", "\x05\x05"),
    # Sequences
    Text("CSI colours", f"{ESC}[31;1mred{ESC}[0m{ESC}[8mconcealed"),
    Text("CSI movements", f"{ESC}[2J{ESC}[H{ESC}[5A{ESC}[9999;9999Htop{ESC}[1K{ESC}[3M{ESC}[2S"),
    Text("CSI modes", f"{ESC}[?1049l{ESC}[?25l{ESC}[?1000h{ESC}[?2004l{ESC}[?1003h{ESC}[4h"),
    Text("CSI questions", f"{ESC}[c{ESC}[>c{ESC}[5n{ESC}[6n{ESC}[21t{ESC}[?2026$p{ESC}[>q"),
    Text("CSI window operations", f"{ESC}[8;1;1t{ESC}[3;0;0t{ESC}[2t{ESC}[22;0t"),
    Text("CSI soft reset", f"{ESC}[!p{ESC}[r{ESC}[s{ESC}[u"),
    Text("CSI unterminated", f"{ESC}[31;"),
    Text("CSI with controls inside", f"{ESC}[3\n1\x08m{ESC}[\x181m"),
    Text("CSI, 8 bits", f"{CSI_8}31m{CSI_8}2J{CSI_8}6n"),
    Text("single escapes", f"{ESC}c{ESC}7{ESC}8{ESC}D{ESC}M{ESC}Z{ESC}={ESC}>{ESC}(0{ESC}#8{ESC}%G"),
    Text("OSC 0, a title", f"{ESC}]0;stolen{BEL}"),
    Text("OSC 2, a title", f"{ESC}]2;stolen{ST}"),
    Text("OSC 4 and 10 to 12, colours", f"{ESC}]4;1;red{BEL}{ESC}]10;?{BEL}{ESC}]11;#fff{ST}"),
    Text("OSC 7, a folder", f"{ESC}]7;file://host/etc{ST}"),
    Text("OSC 8, a link", f"{ESC}]8;;javascript:alert(1){ST}here{ESC}]8;;{ST}"),
    Text("OSC 9 and 777, notices", f"{ESC}]9;stolen{BEL}{ESC}]777;notify;a;b{BEL}"),
    Text("OSC 52, the clipboard", f"{ESC}]52;c;{SECRET}{BEL}"),
    Text("OSC 52, asked for", f"{ESC}]52;c;?{ST}"),
    Text("OSC 52, 8 bits", f"\x9d52;c;{SECRET}{ST_8}"),
    Text("OSC 1337, a file", f"{ESC}]1337;File=inline=1:AAAA{BEL}"),
    Text("OSC unterminated", f"{ESC}]0;all that follows"),
    Text("DCS", f"{ESC}P+q544e{ST}{ESC}P$qm{ST}{ESC}Pq#0;2;0;0;0#0~~{ST}"),
    Text("DCS, through tmux", f"{ESC}Ptmux;{ESC}{ESC}]52;c;{SECRET}{BEL}{ST}"),
    Text("DCS, 8 bits", f"\x901$r{ST_8}"),
    Text("DCS unterminated", f"{ESC}Pall that follows"),
    Text("APC, a picture", f"{ESC}_Ga=T,f=24,s=1,v=1;AAAA{ST}"),
    Text("APC, 8 bits, unterminated", "\x9fGa=d"),
    Text("PM and SOS", f"{ESC}^private{ST}{ESC}Xstring{ST}\x9eprivate{ST_8}\x98string{ST_8}"),
    Text("ESC alone", f"{ESC}{ESC}a{ESC}"),
    Text("a sequence cut by a line", f"{ESC}]52;c;\n{SECRET}{BEL}{ESC}\n[31m"),
    Text("a paste's end", f"{ESC}[201~q{ESC}[200~"),
    Text("escapes written out", r"\x1b]52;c;AAAA\x07 \u001b[31m \033[2J ^[[31m &#27;[31m &#x9b;2J %1b[31m"),
    Text("control pictures", "".join(map(chr, range(0x2400, 0x2427)))),
    # Direction, invisible, combining
    Text("bidi overrides", "\u202ecod.exe\u202c\u202dabc\u202c"),
    Text("bidi embeddings", "\u202aabc\u202b\u05d0\u05d1\u202c\u202c"),
    Text("bidi isolates", "\u2066a\u2069\u2067b\u2069\u2068c\u2069"),
    Text("bidi unterminated", "\u202e\u2067\u202b" * 70),
    Text("bidi marks and right-to-left words", "\u200f\u0634\u064a\u200e\u05d0\u05d1\u061c\u0645 12:34"),
    Text("zero width, a flood", "a" + "\u200b\u200c\u200d\u2060\ufeff" * 400 + "b"),
    Text("zero width only", "\u200b\u2060\ufeff\u00ad\u034f"),
    Text("byte order marks", "\ufeffa\ufeff\ufffe"),
    Text("4,000 combining marks", "e" + "\u0301\u0489\u0e49\u20dd" * 1000),
    Text("combining marks alone", "\u0301\u0302 \u0303"),
    Text("emoji families", "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466" * 30),
    Text("emoji, flags and skin", "\U0001f1e6\U0001f1e7\U0001f1e8" * 9 + "\U0001f44d\U0001f3ff" * 9 + "1\ufe0f\u20e3"),
    Text("joiners without emoji", "\u200d\u200d\U0001f3fd\ufe0f\u200d"),
    Text("variation selectors", "a\ufe00b\ufe0ec\ufe0fd\U000e0100e\U000e01ef"),
    Text("tag characters", "\U0001f3f4\U000e0067\U000e0062\U000e007f a\U000e0001\U000e0041\U000e007f"),
    Text("Hangul fillers and blanks", "a\u115f\u1160\u3164\uffa0\u2800\u00a0\u3000b"),
    Text("wide and narrow", "\uff71\uff76 \u30ab\u3099\u1100\u1161\u11a8 \ufdfd \U00012427"),
    Text("interlinear and object signs", "a\ufff9b\ufffac\ufffbd\ufffce\ufffd"),
    Text("deprecated format characters", _wide(*range(0x206A, 0x2070), 0x1D173, 0x1D17A)),
    # Code points that are none
    Text("lone surrogates", "a\ud800b\udfffc\udbff\ud800d"),
    Text("surrogates in disorder", "\udc00\ud83d \ude00\ud83d"),
    Text("noncharacters", _wide(*range(0xFDD0, 0xFDD4), 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF)),
    Text("private use", _wide(0xE000, 0xE0B0, 0xF8FF, 0xF0000, 0x100000, 0x10FFFD)),
    Text("line and paragraph separators", "a\u2028b\u2029c\x85d\x0be\x0cf"),
    # Markup
    Text("Rich markup", "[bold red]a[/] [/] [[b]] [not closed [/red] \\[x] [link=https://x.example]y[/link]"),
    Text("Textual markup", "[$primary on $error]a[/] [reverse]b [auto 50%]c[/auto] [b"),
    Text("action links", "[@click=app.quit]a[/] [@click=app.bell()]b[/] [@click='screen.dismiss']c[/]"),
    Text("action links, unclosed", "[@click=app.exit(1)"),
    Text("link markup", "[link=javascript:alert(1)]a[/link] [link='file:///etc/passwd']b[/]"),
    Text("style names", "[bold @click=x] :smile: {0} {name} %s %(a)s $HOME ${IFS} `id` $(id) ~"),
    Text("Markdown", "# a\n[b](javascript:alert(1)) ![c](file:///etc/passwd) `d` **e** <f>\n---\n> g"),
    Text("HTML", "<script>alert(1)</script><img src=x onerror=alert(1)><b>a</b>&lt;i&gt;&#27;[31m"),
    Text("HTML, unclosed", "<b><a href='https://x.example'>&#x1b &notanentity; <i>"),
    Text("HTML that ends its place", "</span></a></yt-attributed-string></body></html>\"'>"),
    Text("ends of records", '"},{"id":"Q","text":"stolen"},{"a":["'),
    Text("ends of records, escaped", '\\"},{\\"cid\\":\\"Q\\"}]}\\n{"comments":[{"id":'),
    Text("a page's own lines", "x\n  \u2022 @stolen\n    @stolen\u00a01 day ago\n\n    stolen"),
    Text("formulas", "=cmd|'/c calc'!A1 +1 -1 @SUM(1)"),
    Text("options", "--format=json -o /etc/passwd --video=x"),
    # Addresses
    Text("other schemes", "javascript:alert(1) file:///etc/passwd data:text/html,<b> vbscript:x ssh://-oProxyCommand=x"),
    Text("other schemes that look alike", "https:javascript:alert(1) JaVaScRiPt:x https://javascript:alert(1)@x.example/"),
    Text("credentials", "https://bank.example@evil.example/ https://a:b@evil.example:99/ https://[::1]:0/"),
    Text("controls in addresses", "https://a.example/\x1b]52;c;AAAA\x07/\x00?\r\nX: y\t#\x9b31m"),
    Text("encoded controls in addresses", "https://a.example/%1b%5d52;c;AAAA%07%0d%0a https://a.example/%e2%80%ae"),
    Text("homographs", "https://\u0430\u0440\u0440\u04cf\u0435.example https://xn--80ak6aa92e.example https://a\u3002b.example"),
    Text("addresses with odd hosts", "https://../ https://a..b https://-a.example https://a_b.example:99999/ https://\u202e.example"),
    Text("a video's addresses, wrong", "https://youtu.be/<b>?t=99999999999 https://www.youtube.com/watch?v=%1b&t=-1"),
    Text("a very long address", lambda: "https://a.example/" + "a/" * 10_000),
    # Times, marks and numbers that a reader could count or follow
    Text("times without end", "99999999:59:59 1:1:1:1:1 0:00" + " 1:23" * 500),
    Text("marks without end", "[1][2][3][999999999999999999999]" * 50 + "[" * 500 + "]" * 500),
    Text("mentions without end", "@" * 500 + "@Q7aua " * 50 + "@\u202e@\x1b[31m"),
    Text("digits of other scripts", "\u0661:\u0662\u0663 \u06f1:\u06f2\u06f3 \uff11\uff1a\uff12\uff13 \u00b2:\u00b3\u2460 \U0001d7ce:\U0001d7cf\U0001d7d0"),
    Text("brackets, deep", "([{<" * 3000),
    # Sizes
    Text("a long word", lambda: "x" * 20_000),
    Text("a long line of wide letters", lambda: "\u8a9e" * 10_000),
    Text("a line of a megabyte", lambda: "tide bells " * (MEGABYTE // 11), huge=True),
    Text("a word of a megabyte", lambda: "x" * MEGABYTE, huge=True),
    Text("a hundred thousand lines", lambda: "tide\n" * LINES, huge=True),
    Text("nothing", ""),
)  # fmt: skip

HARMLESS = Text("harmless", "said at ebb")
"""What the hostile ones are compared with."""
