"""Fenced blocks of Markdown pages, and what the page says about how each is proved.

A comment on a line before a block says it: `<!-- run by: tests/… -->` or `<!-- run by: make … -->` names what
executes it, `<!-- from: path -->` the file it is quoted from, `<!-- file: path -->` the file it becomes,
`<!-- not run: reason -->` why nothing executes it, `<!-- exit: 1 -->` what its last command answers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

FENCE = re.compile(r"^( *)```(\w*)[^`]*$")
MARK = re.compile(r"^\s*<!-- (not run|run by|from|file|exit): (.+?) -->\s*$")


@dataclass(frozen=True)
class Block:
    """One fenced block; `line` is that of its opening fence, from 1."""

    page: Path
    line: int
    language: str
    text: str
    marks: dict[str, str] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """`page:line`."""
        return f"{self.page.name}:{self.line}"

    @property
    def exit_code(self) -> int:
        """What its last command is to answer."""
        return int(self.marks.get("exit", "0"))


def blocks(page: Path) -> list[Block]:
    """All fenced blocks of a page, in order."""
    found: list[Block] = []
    lines = page.read_text(encoding="utf-8").splitlines()
    marks: dict[str, str] = {}
    at = 0
    while at < len(lines):
        fence, mark = FENCE.match(lines[at]), MARK.match(lines[at])
        if mark:
            marks[mark[1]] = mark[2]
        elif fence:
            end = at + 1
            while end < len(lines) and lines[end].strip() != "```":
                end += 1
            inner = [line.removeprefix(fence[1]) for line in lines[at + 1 : end]]
            found.append(Block(page, at + 1, fence[2], "\n".join(inner) + "\n", marks))
            marks, at = {}, end
        elif lines[at].strip():
            marks = {}
        at += 1
    return found


def shell(page: Path) -> list[Block]:
    """The shell blocks of a page that somebody is to run."""
    return [block for block in blocks(page) if block.language == "sh" and "not run" not in block.marks]
