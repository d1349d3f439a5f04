"""Makes pages in the page-text format for tests."""

from dataclasses import dataclass

NBSP = "\u00a0"


@dataclass(frozen=True)
class Said:
    """A comment as the page shows it: ``head`` is what stands behind the handle."""

    handle: str = "@somebody"
    text: str = "a text"
    head: str = "2 days ago"
    depth: int = 0
    uploader: bool = False


def page(*said: Said, title: str = "A talk", labels: tuple[str, ...] = ()) -> str:
    """The page's text, without a final line break, as such pages are saved."""
    lines = [title, "", *labels, ""]
    for one in said:
        indent = "  " * (one.depth + 1)
        badge = " " if one.uploader else ""
        lines += [f"{indent}• {one.handle}", f"{indent}  {one.handle}{badge}{NBSP}{one.head}", ""]
        lines += [f"{indent}  {line}" if line else "" for line in one.text.split("\n")]
        lines.append("")
    return "\n".join(lines[:-1])
