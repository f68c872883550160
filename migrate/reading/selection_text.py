"""The string syntax of `AssetSelection`, read into a tree of tuples.

`+group:a and not key:"b/*"` is `("and", ("up", ("group", "a"), None), ("not", ("key", "b/*")))`. A plain key
with signs around it, the older syntax, is `("keys", key)` with `up` and `down` around it; a text that is
neither raises ValueError, as Dagster refuses it.

Upstream: https://docs.dagster.io/guides/build/assets/asset-selection-syntax/reference
"""

from __future__ import annotations

import re
from typing import Any

Tree = tuple[Any, ...]

TOKEN = re.compile(
    r"""\s*(?:(?P<quoted>"[^"\r\n]*")|(?P<null><null>)|(?P<sign>[=+:(),])|(?P<digits>\d+)"""
    r"""|(?P<word>[a-zA-Z_*][a-zA-Z0-9_*/]*))"""
)
CLAUSE = re.compile(r"^(\*?\+*)?([./\w\d\[\]?_-]+)(\+*\*?)?$")
RESERVED = ("*", "and", "or", "not")
ATTRIBUTES = ("key", "tag", "owner", "group", "kind", "is")
OTHERS = (
    *("code_location", "status", "column", "table_name", "column_tag", "changed_in_branch"),
    *("partitions", "automation_type", "sensor", "schedule", "job"),
)


def parse(string: str) -> Tree:
    """The tree of a selection; ValueError when Dagster would refuse it."""
    try:
        return _Parser(_tokens(string)).whole()
    except ValueError:
        return _clause(string)


def _clause(string: str) -> Tree:
    found = CLAUSE.search(string.strip())
    if found is None:
        if string.startswith("tag:") and string.count("=") < 2:
            key, _, value = string.removeprefix("tag:").partition("=")
            return ("tag", key, value)
        raise ValueError(string)
    before, name, after = found.groups()
    ways = [
        (way, ("keys", name), None if "*" in signs else len(signs))
        for way, signs in (("up", before), ("down", after))
        if signs
    ]
    if len(ways) == 2:
        return ("or", *ways)
    return ways[0] if ways else ("keys", name)


def _tokens(string: str) -> list[tuple[str, str]]:
    found, at = [], 0
    text = string.rstrip()
    while at < len(text):
        match = TOKEN.match(text, at)
        if match is None:
            raise ValueError(string)
        at = match.end()
        kind = match.lastgroup or ""
        found.append((kind, match[kind]))
    return [*found, ("end", "")]


class _Parser:
    """Reads tokens from the left; `or` binds weakest, then `and`, then `not`."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens, self._at = tokens, 0

    def whole(self) -> Tree:
        tree = self._or()
        if self._kind != "end":
            raise ValueError(self._text)
        return tree

    @property
    def _kind(self) -> str:
        return self._tokens[self._at][0]

    @property
    def _text(self) -> str:
        return self._tokens[self._at][1]

    def _next(self) -> str:
        self._at += 1
        return self._tokens[self._at - 1][1]

    def _take(self, sign: str) -> bool:
        if self._text != sign or self._kind != "sign":
            return False
        self._at += 1
        return True

    def _expect(self, sign: str) -> None:
        if not self._take(sign):
            raise ValueError(self._text)

    def _word(self, *spelled: str) -> bool:
        if self._kind != "word" or self._text not in spelled:
            return False
        self._at += 1
        return True

    def _or(self) -> Tree:
        tree = self._and()
        while self._word("or", "OR"):
            tree = ("or", tree, self._and())
        return tree

    def _and(self) -> Tree:
        tree = self._not()
        while self._word("and", "AND"):
            tree = ("and", tree, self._not())
        return tree

    def _not(self) -> Tree:
        if self._word("not", "NOT"):
            return ("not", self._not())
        if self._word("*"):
            return ("all",)
        return self._walked()

    def _walked(self) -> Tree:
        """What may have signs around it: an attribute, a function, a parenthesis."""
        up, up_depth = self._sign_before()
        tree = self._single()
        down = self._take("+")
        down_depth = int(self._next()) if down and self._kind == "digits" else None
        if up and down:
            return ("or", ("up", tree, up_depth), ("down", tree, down_depth))
        if up:
            return ("up", tree, up_depth)
        return ("down", tree, down_depth) if down else tree

    def _sign_before(self) -> tuple[bool, int | None]:
        depth = int(self._next()) if self._kind == "digits" else None
        if depth is not None:
            self._expect("+")
            return True, depth
        return self._take("+"), None

    def _single(self) -> Tree:
        if self._take("("):
            tree = self._or()
            self._expect(")")
            return tree
        if self._kind != "word":
            raise ValueError(self._text)
        name = self._next()
        if name in ("sinks", "roots"):
            self._expect("(")
            tree = self._or()
            self._expect(")")
            return (name, tree)
        if name not in ATTRIBUTES + OTHERS:
            raise ValueError(name)
        self._expect(":")
        return self._attribute(name)

    def _attribute(self, name: str) -> Tree:
        value = self._value(wild=name == "key")
        if name in ("tag", "column_tag"):
            given = self._value() if self._take("=") else ""
            return (name, value, given or "")
        return (name, value)

    def _value(self, wild: bool = False) -> str | None:
        kind, text = self._kind, self._next()
        if kind == "quoted":
            return text.strip('"')
        if kind == "null" and not wild:
            return None
        if (
            kind != "word"
            or ("*" in text and not wild)
            or text == "*"
            or text.lower() in ("and", "or", "not")
        ):
            raise ValueError(text)
        return text
