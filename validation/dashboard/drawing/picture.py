"""A chart of pygal as a piece of a page, without style, script or colour of its own.

So a strict policy lets it stand, both themes colour it, and it prints.
https://www.pygal.org/en/stable/documentation/configuration/
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Callable

NOT_OURS = ("defs", "desc")
"""Elements of pygal's own theme and of its script's tooltips."""
TOOLTIP = "tooltip-overlay"
LETTERS = 12
"""Pixels, as the style sheet has it: pygal leaves room for them."""


def label(value: float) -> str:
    """A tick's value without needless digits."""
    return f"{value:,.0f}" if value == int(value) else f"{value:g}"


def settings(width: int, height: int, unit: str = "") -> dict[str, Any]:
    """What all charts have in common. Width and height are the SVG's own units."""
    from pygal.style import Style

    written: Callable[[float], str] = lambda value: label(value) + unit  # noqa: E731 - pygal wants a callable
    return {
        "width": width,
        "height": height,
        "explicit_size": True,
        "margin": 8,
        "css": [],
        "js": [],
        "show_legend": False,
        "disable_xml_declaration": True,
        "value_formatter": written,
        "max_scale": 6,
        "truncate_label": -1,
        "style": Style(label_font_size=LETTERS, major_label_font_size=LETTERS, value_font_size=LETTERS),
    }


def picture(chart: Any, name: str, words: str) -> Markup:
    """The SVG of a chart for `class="chart name"`; `words` are what a screen reader says of it."""

    def own(root: Any) -> Any:
        _without(root)
        root.remove(root.find("title"))
        root.attrib.pop("id", None)
        root.attrib.update({"class": f"chart {name}", "role": "img", "aria-label": words})
        return root

    chart.add_xml_filter(own)
    return Markup(chart.render(is_unicode=True))  # noqa: S704 - pygal escapes what it is given


def _without(node: Any) -> None:
    """Take out what carries a theme, waits for a script, or shows nothing (a bar without words)."""
    guides = "guides" in node.get("class", "")  # their titles say again what stands beside them
    for child in list(node):
        kind = child.get("class", "")
        silent = (kind == "bar" and child.find("title") is None) or (child.tag == "text" and not child.text)
        if (
            silent
            or (guides and child.tag == "title")
            or not isinstance(child.tag, str)
            or child.tag in NOT_OURS
            or TOOLTIP in kind
        ):
            node.remove(child)
        else:
            _without(child)
