"""The endings of host names that an address without a scheme is believed by.

``host/path`` is also how people write "node.js/react" and "and/or", so only the countries'
two letters (ISO 3166-1 with the Internet's own additions) and the endings in everyday use count.
"""

_COUNTRIES = (
    "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs "
    "bt bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee "
    "eg er es et eu fi fj fk fm fo fr ga gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm "
    "hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb "
    "lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz "
    "na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs "
    "ru rw sa sb sc sd se sg sh si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl "
    "tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw"
)
_GENERIC = (
    "com org net edu gov mil int info biz name pro aero asia cat coop jobs mobi museum tel travel "
    "xxx academy agency ai app art audio bar best bio blog blue books business cafe camp capital "
    "cards care center chat church city cloud club codes coffee community computer courses dance "
    "design dev digital direct directory earth education email energy engineering events expert "
    "family fans farm film finance fit foundation fun fund fyi gallery game games garden gg global "
    "group guide guru health help host house how inc ink institute international kim land law "
    "legal life link live lol love ltd market media moe money movie music network news ninja "
    "observer one online ooo page party photo photos pics place plus podcast press productions "
    "pub radio red report review reviews rocks run sale school science services shop show site "
    "social software solutions space store stream studio study support systems team tech "
    "technology theater tips today tools top tours town training tube university video vip vision "
    "watch web website wiki win wine work works world wtf xyz zone"
)
_NATIVE = "рф рус бел укр срб мкд бг москва онлайн сайт 中国 中國 台灣 台湾 香港 한국 みんな ελ"

_ENDINGS = frozenset(f"{_COUNTRIES} {_GENERIC} {_NATIVE}".split())


def is_domain_ending(label: str) -> bool:
    """Whether a host's last label is one of the endings in use."""
    return label.lower() in _ENDINGS or (label[:4].lower() == "xn--" and len(label) > 4)
