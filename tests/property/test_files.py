"""Whatever bytes a file of any format holds, packed or not: a discussion, or one line."""

import gzip
import io
from collections.abc import Callable
from itertools import product

import pytest
from backports import zstd
from hypothesis import given, settings
from hypothesis import strategies as st

from parser import ParseError, load
from parser.analysis import Analysis
from tests.hostile.fuzz_oracles import check_analysis, check_discussion, check_refusal
from tests.parser.forms import FORMS, SAID

FILES = {form: write(SAID) for form, write in FORMS.items()}
NAMES = sorted({form.partition(",")[0] for form in FORMS})

WAYS: dict[str, Callable[[bytes], bytes]] = {
    "plain": bytes,
    "gzip": gzip.compress,
    "zstd": zstd.compress,
    "gzip, cut": lambda data: gzip.compress(data)[: 20 + len(data) // 8],
    "zstd, cut": lambda data: zstd.compress(data)[: 20 + len(data) // 8],
}
CODECS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32")
PLACES = st.floats(0, 1)


def check(data: bytes, form: str | None) -> None:
    """Reads it, in a format or in whichever it is."""
    try:
        found = load("-", stream=io.BytesIO(data), form=form)
    except ParseError as error:
        check_refusal(error, "standard input")
        return
    check_discussion(found, 100_000 + len(data))
    analysis = Analysis(found)
    for _ in analysis.scan():
        pass
    check_analysis(analysis)


@pytest.mark.parametrize(("way", "codec"), product(WAYS, CODECS))
def test_a_whole_file_is_read_however_it_is_wrapped(way: str, codec: str) -> None:
    for form, text in FILES.items():
        data = WAYS[way](text.encode(codec))
        if "cut" in way:
            check(data, None)
            continue
        found = load("-", stream=io.BytesIO(data))
        assert len(found) == len(SAID)
        assert found.source.format == form.partition(",")[0]


@pytest.mark.parametrize("way", WAYS)
@given(
    form=st.sampled_from(sorted(FILES)),
    junk=st.binary(max_size=60),
    place=PLACES,
    left_out=st.integers(0, 400),
    codec=st.sampled_from(CODECS),
    late=st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_any_bytes_anywhere_in_a_file_of_any_format(
    way: str, form: str, junk: bytes, place: float, left_out: int, codec: str, late: bool
) -> None:
    """``late``: the damage is done to the packed file, not to what it packs."""
    wrap = WAYS[way]
    data = FILES[form].encode(codec)
    data = wrap(data) if late else data
    at = int(place * len(data))
    data = data[:at] + junk + data[at + left_out :]
    data = data if late else wrap(data)
    check(data, None)
    check(data, form.partition(",")[0])


@pytest.mark.parametrize("form", NAMES)
@given(data=st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode)))
@settings(max_examples=40, deadline=None)
def test_any_bytes_taken_for_any_format(form: str, data: bytes) -> None:
    for way in WAYS.values():
        check(way(data), form)
        check(way(data), None)
    for codec in CODECS:
        check(data.decode("utf-8", "replace").encode(codec), form)
