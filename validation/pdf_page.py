"""Paragraphs, headings and tables of the PDF report, by ReportLab."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

WORDS = {
    "✓": "ok",
    "✗": "NO",
    "∅": "empty",
    "→": "->",
    "\u202f": " ",
    "\u2212": "-",
    "≤": "<=",
    "≥": ">=",
}
"""What stands for signs that the standard fonts lack."""
Row = tuple[object, ...]


def plain(text: object) -> str:
    """Text in the characters that the standard fonts have."""
    said = str(text)
    for sign, word in WORDS.items():
        said = said.replace(sign, word)
    return "".join(c if _known(c) else f"[U+{ord(c):04X}]" for c in said)


def _known(character: str) -> bool:
    try:
        character.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return character.isprintable() or character in "\n\t"


class Page:
    """Paragraphs, headings and tables in the report's style, for a page of this width (points)."""

    def __init__(self, width: float) -> None:
        from reportlab.lib.styles import ParagraphStyle

        self.width = width
        self.body = ParagraphStyle("body", fontName="Helvetica", fontSize=8.5, leading=11, wordWrap="LTR")
        self.small = ParagraphStyle("small", parent=self.body, fontSize=7.2, leading=9, splitLongWords=1)
        self.head = ParagraphStyle("head", parent=self.small, fontName="Helvetica-Bold", textColor="#566073")
        self.h1 = ParagraphStyle("h1", parent=self.body, fontName="Helvetica-Bold", fontSize=17, leading=21)
        self.h2 = ParagraphStyle(
            "h2", parent=self.h1, fontSize=11.5, leading=15, spaceBefore=11, spaceAfter=4, keepWithNext=1
        )

    def text(self, text: object, style: str = "body", colour: str | None = None) -> Any:
        """A paragraph of plain text."""
        from reportlab.platypus import Paragraph

        said = escape(plain(text))
        return Paragraph(f'<font color="{colour}">{said}</font>' if colour else said, getattr(self, style))

    def bold(self, head: object, text: object = "") -> Any:
        """A paragraph whose first words are bold."""
        from reportlab.platypus import Paragraph

        return Paragraph(f"<b>{escape(plain(head))}</b> {escape(plain(text))}", self.body)

    def gap(self, points: float = 5) -> Any:
        """Empty room."""
        from reportlab.platypus import Spacer

        return Spacer(1, points)

    def table(self, head: Sequence[str], rows: Sequence[Row], widths: Sequence[float]) -> Any:
        """A table over the whole width, its columns in these proportions; the head is repeated."""
        from reportlab.platypus import LongTable, TableStyle

        total = sum(widths)
        cells = [[self.text(h, "head") for h in head]]
        cells += [[self.text(cell, "small") for cell in row] for row in rows]
        made = LongTable(cells, colWidths=[self.width * w / total for w in widths], repeatRows=1)
        made.setStyle(TableStyle(lines()))
        return made


def lines() -> list[tuple[Any, ...]]:
    """The style of every table."""
    return [
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, "#c8cdd5"),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
    ]
