"""A discussion without comments: every key does something sensible or says why not."""

import json
from pathlib import Path

import pytest

from tests.tui.driving import reading
from tui.commands import BY_NAME, COMMANDS

LEAVES = {"quit", "cancel", "suspend", "close", "palette", "theme"}


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    path = tmp_path / "talk.info.json"
    video = {"id": "abcdefghijk", "title": "A talk", "extractor": "youtube", "duration": 600}
    path.write_text(json.dumps(video | {"comments": []}), "utf-8")
    return path


async def test_no_command_needs_a_comment_that_is_not_there(empty: Path) -> None:
    async with reading(empty) as driven:
        for command in COMMANDS:
            if command.name not in LEAVES:
                for count in (None, 3):
                    driven.reader.run_command(command, count)
                    await driven.settle()
                    while driven.app.screen is not driven.reader:
                        await driven.press("escape")
                if driven.reader.is_reading:
                    driven.reader.run_command(BY_NAME["close"])
        assert driven.app.is_running


async def test_it_says_that_there_are_no_comments(empty: Path) -> None:
    async with reading(empty) as driven:
        await driven.press("l")
        assert "no comments here" in driven.footer
