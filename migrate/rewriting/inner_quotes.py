"""Quotes within f-strings: before Python 3.12 the braces must use other ones than the string around them."""

from __future__ import annotations

import libcst as cst

from migrate.reading.walking import rewrite

OTHER = {'"': "'", "'": '"'}


def requoted(original: cst.FormattedString, updated: cst.FormattedString) -> cst.FormattedString:
    """`updated` with other quotes in its braces, where what was written there brought the string's own."""
    quote = updated.quote
    if updated is original or quote not in OTHER:
        return updated
    return updated.with_changes(parts=[rewrite(part, _Requoting(quote)) for part in updated.parts])


class _Requoting(cst.CSTTransformer):
    """Strings between `quote`s get the other ones, unless their own text holds those or is escaped."""

    def __init__(self, quote: str) -> None:
        super().__init__()
        self._quote, self._other = quote, OTHER[quote]

    def leave_SimpleString(
        self, original_node: cst.SimpleString, updated_node: cst.SimpleString
    ) -> cst.SimpleString:
        """LibCST calls this on the way out."""
        text = updated_node.raw_value
        if updated_node.quote != self._quote or self._other in text or "\\" in text:
            return updated_node
        return updated_node.with_changes(value=f"{updated_node.prefix}{self._other}{text}{self._other}")
