"""A site of our own for yt-dlp, without a network: ``https://talks.test/WHAT/ID``.

yt-dlp finds it by its place in a folder that is on PYTHONPATH. WHAT says what happens there.
Where something has to happen at a moment of the test's choosing it stops until the file that
TALKS_GATE names is there.
"""

# yt-dlp's own types are not meant for subclasses:
# pyright: basic, reportAssignmentType=false, reportOptionalMemberAccess=false
# pyright: reportArgumentType=false, reportCallIssue=false

import os
import time
from pathlib import Path

from yt_dlp.extractor.common import InfoExtractor
from yt_dlp.utils import ExtractorError

PAGE = 20
COMMENTS = 60
PRIVATE = (
    "Private video. Sign in if you've been granted access to this video. "
    "Use --cookies-from-browser or --cookies for the authentication. "
    "See  https://github.com/yt-dlp/yt-dlp/wiki/FAQ  for how to manually pass cookies"
)
NO_NETWORK = (
    "Unable to download API page: Failed to resolve 'talks.test' ([Errno -2] Name or service not "
    "known) (caused by TransportError('no'))"
)


class TalksIE(InfoExtractor):
    IE_NAME = "talks"
    _VALID_URL = r"https?://talks\.test/(?P<what>[a-z-]+)/(?P<id>[^?#]*)"

    def _real_extract(self, url):
        what, name = self._match_valid_url(url).group("what", "id")
        if what == "private":
            raise ExtractorError(PRIVATE, expected=True, video_id=name)
        if what == "no-network":
            raise ExtractorError(NO_NETWORK, expected=True, video_id=name)
        if what == "crash":
            return {}["nothing"]
        if what == "list":
            return self.playlist_result(
                [self.url_result(f"https://talks.test/wait/{n}") for n in range(3)], "all", "All"
            )
        if what == "wait":
            self.to_screen("waiting")
            _wait()
        return self._info(what, name)

    def _info(self, what, name):
        if what in ("hidden", "unseen"):
            self.raise_no_formats("Private video: only for its owner", expected=True, video_id=name)
        formats = [{"url": "https://talks.test/x.mp4", "format_id": "x", "ext": "mp4"}]
        return {
            "id": os.environ.get("TALKS_ID", name),
            "title": os.environ.get("TALKS_TITLE", f"A talk of {what}"),
            "formats": [] if what in ("hidden", "unseen") else formats,
            "chapters": [{"start_time": 0, "end_time": 60, "title": "The start"}],
            **({} if what == "unread" else {"__post_extractor": self.extract_comments(what)}),
        }

    def _get_comments(self, what):
        if what in ("off", "hidden"):
            if what == "off":
                self.report_warning("Talks said: Comments are turned off. Learn more")
                raise self.CommentsDisabled
            return
        if what == "silent":
            return
        total = int(os.environ.get("TALKS_COMMENTS", COMMENTS))
        most = int(self._configuration_arg("max_comments", [total], ie_key="youtube")[0])
        sort = self._configuration_arg("comment_sort", ["new"], ie_key="youtube")[0]
        self.to_screen(f"Downloading ~{total} comments")
        numbers = range(total) if sort == "top" else reversed(range(total))
        for came, number in enumerate(numbers):
            if came == most:
                return
            if came % PAGE == 0:
                page = came // PAGE + 1
                self.to_screen(f"Downloading comment API JSON page {page} ({came}/~{total})")
            if came == 2 * PAGE:
                self._stop_short(what)
            yield {
                "id": f"c{number}",
                "parent": "root",
                "text": f"said {number} at 0:{number % 60:02d}",
                "author": f"@viewer{number}",
                "_time_text": "2 days ago",
            }

    def _stop_short(self, what):
        """What happens behind the second page."""
        if what == "slow":
            _wait()
        if what == "break":
            raise ExtractorError(NO_NETWORK, expected=True)


def _wait():
    """An hour, or until the gate is opened; ctrl+c goes through."""
    gate = os.environ.get("TALKS_GATE")
    for _ in range(36000):
        if gate and Path(gate).exists():
            return
        time.sleep(0.1)
