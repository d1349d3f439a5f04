"""Opening links: a real child process, a false browser that writes down what it was given."""

import os
import sys

import pytest

import tui.opener as module
from tests.tui.fakes import FakeBrowser, make_program, needs_false_programs
from tui.opener import open_link, why_no_browser, why_refused

with_false_browser = pytest.mark.skipif(
    bool(needs_false_programs), reason=needs_false_programs or "-"
)
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="a display is only asked for there")

LINK = "https://example.org/a?b=c&d=e#f"


@with_false_browser
class TestOpening:
    @pytest.mark.parametrize(
        "url",
        [
            LINK,
            "HTTP://example.org",
            "https://example.org:8080/a_(b)",
            "https://example.org/видео.html",
            "https://example.org/$(touch%20x);`id`&'\"*",
        ],
    )
    def test_the_browser_gets_the_address_as_it_is(self, browser: FakeBrowser, url: str) -> None:
        result = open_link(url, env=os.environ)

        assert result.ok, result.message
        assert browser.opened() == [url]

    def test_a_browser_that_fails_is_not_called_opened(self, browser: FakeBrowser) -> None:
        make_program(browser.program.parent, browser.program.name, "exit 1")

        result = open_link(LINK, env={**os.environ, "TERM": "xterm"})

        assert not result.ok
        assert result.message

    def test_its_output_stays_off_the_screen(
        self, browser: FakeBrowser, capfd: pytest.CaptureFixture[str]
    ) -> None:
        make_program(browser.program.parent, browser.program.name, "echo noise; echo noise >&2")

        assert open_link(LINK, env=os.environ).ok
        assert capfd.readouterr() == ("", "")

    def test_a_browser_that_runs_on_is_open(
        self, browser: FakeBrowser, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(module, "TIMEOUT_SECONDS", 1.0)
        make_program(browser.program.parent, browser.program.name, "exec sleep 3")

        assert open_link(LINK, env=os.environ).ok

    def test_over_ssh_the_program_that_a_remote_editor_names_is_used(
        self, browser: FakeBrowser
    ) -> None:
        assert open_link(LINK, env={**os.environ, "SSH_TTY": "x"}).ok
        assert browser.opened() == [LINK]

    def test_what_is_refused_reaches_no_browser(self, browser: FakeBrowser) -> None:
        result = open_link("javascript:alert(1)", env=os.environ)

        assert not result.ok
        assert browser.opened() == []


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "file:///etc/passwd",
        "javascript://example.org/%0aalert(1)",
        "data:text/html,x",
        "ftp://example.org/",
        "mailto:someone@example.org",
        "--help",
        "https:",
        "https://",
        "https:///path",
        "https://:80/",
        "https://example.org:0/",
        "https://example.org:99999/",
        "https://example.org:x/",
        "https://[::1/",
        "https://example.org/a b",
        "https://example.org/\x1b]52;c;eA==\x07",
        "https://example.org/\n",
        "https://example.org/\u202egnp.exe",
        "https://example.org\\@evil.example",
        "https://bank.example@evil.example/",
        "https://example.org/" + "x" * 8_000,
    ],
)
def test_only_plain_web_addresses_are_opened(url: str) -> None:
    assert why_refused(url)


@pytest.mark.parametrize(
    "url",
    [
        LINK,
        "https://[::1]:8080/",
        "https://example.org/@someone",
        "https://fa.example.org/می\u200cروم",
        "https://пример.example/путь",
    ],
)
def test_what_is_a_web_address_is_not_refused(url: str) -> None:
    assert why_refused(url) is None


class TestNoBrowser:
    @pytest.mark.parametrize("mark", ["SSH_TTY", "SSH_CONNECTION"])
    def test_over_ssh(self, mark: str) -> None:
        result = open_link(LINK, env={"DISPLAY": ":0", mark: "x"})

        assert not result.ok
        assert "remote" in result.message

    @on_linux
    def test_without_a_display(self) -> None:
        result = open_link(LINK, env={})

        assert not result.ok
        assert "display" in result.message

    @on_linux
    @pytest.mark.parametrize("command", ["lynx", "/usr/bin/w3m %s", "links:elinks"])
    def test_a_browser_for_the_terminal_is_none(self, command: str) -> None:
        assert why_no_browser({"BROWSER": command})

    @on_linux
    @pytest.mark.parametrize("mark", ["DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME", "BROWSER"])
    def test_where_one_may_be(self, mark: str) -> None:
        assert why_no_browser({mark: "x"}) is None
