"""Writes the README's table of keys from the one declaration of commands.

python -m tests.tools.key_table
"""

from pathlib import Path

from tui.commands import grouped

README = Path(__file__).resolve().parents[2] / "README.md"
BEGIN = "<!-- keys: python -m tests.tools.key_table -->\n"
END = "<!-- /keys -->"


def table() -> str:
    """The table as Markdown, a heading row for each group."""
    lines = ["| keys | |", "|---|---|"]
    for group, commands in grouped():
        lines.append(f"| **{group}** | |")
        lines += [f"| {_code(command.shows)} | {command.help} |" for command in commands]
    return "\n".join(lines) + "\n"


def _code(shows: str) -> str:
    return " ".join(f"`{key}`" for key in shows.split())


def written(text: str) -> str:
    """The README with the table in its place."""
    begin, end = text.index(BEGIN) + len(BEGIN), text.index(END)
    return text[:begin] + table() + text[end:]


if __name__ == "__main__":
    README.write_text(written(README.read_text(encoding="utf-8")), encoding="utf-8")
