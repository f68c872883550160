"""Nodes as LibCST's parser wants them made, in half the time that LibCST takes to make them.

A node of LibCST cannot be changed, so each of its fields is set by a call, and what it holds is validated,
which a parser's own node need not be: the grammar says what it is made of. Here a function for each kind
sets the fields of a twin, a class of the same shape whose fields can be set plainly, and then calls it what
it is. Where Python does not let a twin become the kind (the shapes differ), the kind itself is used.
"""

from __future__ import annotations

import dataclasses
from abc import ABCMeta
from collections.abc import Callable, Mapping
from typing import Any

import libcst as cst

MADE = (
    *(cst.Name, cst.Attribute, cst.Call, cst.Arg, cst.SimpleString, cst.Integer, cst.Float, cst.Subscript),
    *(
        cst.SubscriptElement,
        cst.Index,
        cst.Slice,
        cst.List,
        cst.Tuple,
        cst.Dict,
        cst.Element,
        cst.DictElement,
    ),
    *(cst.ListComp, cst.GeneratorExp, cst.CompFor, cst.CompIf, cst.Lambda, cst.IfExp, cst.FormattedString),
    *(cst.FormattedStringText, cst.FormattedStringExpression, cst.BinaryOperation, cst.BooleanOperation),
    *(cst.UnaryOperation, cst.Comparison, cst.ComparisonTarget, cst.FunctionDef, cst.ClassDef, cst.Decorator),
    *(cst.Parameters, cst.Param, cst.Annotation, cst.IndentedBlock, cst.SimpleStatementLine, cst.Expr),
    *(cst.Assign, cst.AssignTarget, cst.AnnAssign, cst.AugAssign, cst.Return, cst.Raise, cst.If, cst.Else),
    *(cst.For, cst.With, cst.WithItem, cst.Try, cst.ExceptHandler, cst.Import, cst.ImportFrom),
    *(cst.ImportAlias, cst.AsName),
)
"""The kinds that most nodes are of; of texts in a row the parser lets through what is none."""
UNSET = object()


def makers() -> Mapping[str, Callable[..., Any]]:
    """Name of a kind of node → what makes one, with the arguments of the kind."""
    return {kind.__name__: _maker(kind) or kind for kind in MADE}


def _maker(kind: Any) -> Callable[..., Any] | None:
    """A function that makes a node of a kind; None where it has to be made as LibCST does."""
    twin = ABCMeta(
        kind.__name__, kind.__bases__, {"__slots__": kind.__slots__, "__setattr__": object.__setattr__}
    )
    twin.__abstractmethods__ = frozenset()
    known: dict[str, Any] = {"twin": twin, "kind": kind, "new": object.__new__, "UNSET": UNSET}
    given, lines = [], []
    for field in dataclasses.fields(kind):
        name, default = field.name, f"default_{field.name}"
        made_anew = field.default_factory is not dataclasses.MISSING
        known[default] = field.default_factory if made_anew else field.default
        optional = made_anew or field.default is not dataclasses.MISSING
        given.append(f"{name}={'UNSET' if made_anew else default}" if optional else name)
        lines.append(f"node.{name} = {name}" + (f" if {name} is not UNSET else {default}()" * made_anew))
    body = ["node = new(twin)", *lines, "node.__class__ = kind", "return node"]
    try:
        exec("\n    ".join([f"def make({', '.join(given)}):", *body]), known)  # noqa: S102 - as dataclasses do
        known["make"](**{field.name: None for field in dataclasses.fields(kind)})
    except TypeError:  # Python says that the shapes differ
        return None
    made: Callable[..., Any] = known["make"]
    return made
