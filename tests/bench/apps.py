"""What the program is compared with: a bare app, Textual's own tree, raw decoding.

Run as a file, not as a module, so that it starts with nothing but itself:
``apps.py bare``, ``apps.py tree FILE``, ``apps.py decode msgspec|orjson FILE``.
"""

import gc
import json
import mmap
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import cast

READY = "a bare app"


def bare() -> None:
    """The least that Textual shows anything with."""
    from textual.app import App, ComposeResult
    from textual.widgets import Static

    class Bare(App[None]):
        def compose(self) -> ComposeResult:
            yield Static(READY)

    Bare().run()


def tree(path: str) -> None:
    """The same comments in Textual's ``Tree``, a node a comment; ``e`` and ``c`` (un)fold all."""
    import msgspec
    from rich.text import Text
    from textual.app import App, ComposeResult
    from textual.widgets import Tree
    from textual.widgets.tree import TreeNode

    class Said(msgspec.Struct):
        id: str
        parent: str
        author: str
        text: str

    class Discussion(msgspec.Struct):
        comments: list[Said]

    class Trees(App[None]):
        BINDINGS = [("e", "all(True)"), ("c", "all(False)")]  # noqa: RUF012  (Textual's way)

        def compose(self) -> ComposeResult:
            yield Tree("comments")

        def on_mount(self) -> None:
            shown = cast("Tree[None]", self.query_one("Tree"))
            shown.root.expand()
            nodes: dict[str, TreeNode[None]] = {"root": shown.root}
            for said in msgspec.json.decode(Path(path).read_bytes(), type=Discussion).comments:
                label = Text(f"{said.author} {said.text[:100]}".replace("\n", " "))
                nodes[said.id] = nodes[said.parent].add(label)

        def action_all(self, unfold: bool) -> None:
            shown = cast("Tree[None]", self.query_one("Tree"))
            for node in shown.root.children:
                if unfold:
                    node.expand_all()
                else:
                    node.collapse_all()

    Trees().run()


def decode(library: str, path: str) -> None:
    """Decodes the mapped file as fast as a library can; prints seconds and comments as JSON."""
    gc.disable()
    with Path(path).open("rb") as file:
        mapped = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    seconds, count = _by_msgspec(mapped) if library == "msgspec" else _by_orjson(mapped)
    sys.stdout.write(json.dumps({"seconds": seconds, "comments": count}) + "\n")
    sys.stdout.flush()
    sys.stdin.read()  # what it holds can be looked at until whoever started it has seen enough


def _by_msgspec(mapped: memoryview) -> tuple[float, int]:
    import msgspec

    class Said(msgspec.Struct, gc=False):
        id: str
        parent: str
        text: str
        like_count: int | None
        timestamp: int | None
        author: str
        author_is_uploader: bool
        author_is_verified: bool
        is_favorited: bool
        is_pinned: bool

    class Discussion(msgspec.Struct, gc=False):
        comments: list[Said]

    decoder = msgspec.json.Decoder(Discussion)
    started = perf_counter()
    comments = decoder.decode(mapped).comments
    return perf_counter() - started, len(comments)


def _by_orjson(mapped: memoryview) -> tuple[float, int]:
    # By name, since nothing here depends on it: who has it installed sees its figures.
    loads: Callable[[memoryview], dict[str, list[object]]] = import_module("orjson").loads
    started = perf_counter()
    comments = loads(mapped)["comments"]
    return perf_counter() - started, len(comments)


if __name__ == "__main__":
    kind, *rest = sys.argv[1:]
    {"bare": bare, "tree": tree, "decode": decode}[kind](*rest)
