"""The benchmark's files in every format say what the discussion says."""

from pathlib import Path

import pytest

from parser import load
from tests.bench import data, downloads
from tests.parser.forms import FORMS

SIZE = 3000


@pytest.mark.parametrize("form", FORMS)
def test_every_format_holds_the_whole_discussion(form: str, tmp_path: Path) -> None:
    remarks = list(data.remarks(SIZE))
    discussion = load(str(downloads.made(tmp_path, SIZE, form)))
    assert discussion.source.format == form.partition(",")[0]
    assert discussion.source.complete
    assert len(discussion) == SIZE
    depths = [int(remark.is_reply) for remark in remarks]
    assert list(discussion.depth) == depths
    authors = [remark.author for remark in remarks]
    assert list(discussion.authors) == authors
    words = [remark.text.split() for remark in remarks]
    differing = [n for n in range(SIZE) if discussion.texts[n].split() != words[n]]
    assert not differing, (words[differing[0]], discussion.texts[differing[0]])
