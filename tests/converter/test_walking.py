"""The quick walks see what LibCST's own visits see, in the same order, and change what those change."""

from __future__ import annotations

from pathlib import Path

import libcst as cst
import pytest

from migrate.reading.walking import UNSEEN, cloned, look, parts_of, rewrite, rewritten_tree
from migrate.rewriting.passed_on import mentioning

ROOT = Path(__file__).parents[2]
SOURCES = [*(ROOT / "migrate" / "rewriting").glob("o*.py"), *(ROOT / "dagster_legacy").rglob("a*.py")]
RARE = '''
@first
@second(1)
async def f[T: int](a, /, b: str = "x", *args: T, c=lambda x, *y: x + 1, **kw) -> dict[str, int]:
    """Text."""
    global g; del a[1:2:3], b.c
    async with one() as two, (three()): await two
    for i, (j, k) in zip(a, b): continue
    else: pass
    while not (x := f"{a!r:>{b}}" "tail") < 3 <= 4 is not None: break
    try: raise E from e
    except* (A, B) as group: pass
    finally: assert a, "no"
    match a:
        case {"k": v, **rest} if v: pass
        case C(1, x=[_, *others]) | (2 as two): pass
        case None: pass
    return [*a, {**b, "c": 1}, {x for x in y if x if y}, (yield from z), {k: v for k, v in w.items()}]
type A[T] = list[T]
class C[T](Base, metaclass=M, **kw): x: int = 1; y += 2
from . import (a as b, c); from ..d import *; import e.f as g
print(a if b else c, *d, **e)
'''


class Listing(cst.CSTVisitor):
    """What a visitor is shown, going in and coming out."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def visit_Name(self, node: cst.Name) -> None:
        self.seen.append(node.value)

    def visit_SimpleString(self, node: cst.SimpleString) -> None:
        self.seen.append(node.value)

    def visit_Call(self, node: cst.Call) -> None:
        self.seen.append("call")

    def leave_Call(self, original_node: cst.Call) -> None:
        self.seen.append("called")

    def visit_Lambda(self, node: cst.Lambda) -> bool:
        self.seen.append("lambda")
        return False

    def leave_Lambda(self, original_node: cst.Lambda) -> None:
        self.seen.append("end of lambda")


class Changing(cst.CSTTransformer):
    """Changes, removes and doubles."""

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.Name:
        return updated_node.with_changes(value="renamed") if updated_node.value == "a" else updated_node

    def leave_Import(self, original_node: cst.Import, updated_node: cst.Import) -> cst.RemovalSentinel:
        return cst.RemoveFromParent()

    def leave_Else(self, original_node: cst.Else, updated_node: cst.Else) -> cst.RemovalSentinel:
        return cst.RemoveFromParent()

    def leave_SimpleStatementLine(
        self, original_node: cst.SimpleStatementLine, updated_node: cst.SimpleStatementLine
    ) -> cst.BaseStatement | cst.FlattenSentinel[cst.BaseStatement]:
        if updated_node.body and isinstance(updated_node.body[0], cst.Return):
            return cst.FlattenSentinel([cst.parse_statement("first()"), updated_node])
        return updated_node


def trees() -> list[cst.Module]:
    return [cst.parse_module(RARE), *(cst.parse_module(path.read_text()) for path in SOURCES)]


def test_the_same_is_seen_in_the_same_order() -> None:
    total = 0
    for tree in trees():
        theirs, ours = Listing(), Listing()
        tree.visit(theirs)
        look(tree, ours)
        assert ours.seen == theirs.seen
        total += len(ours.seen)
    assert total > 1000


def test_the_same_is_changed() -> None:
    changed = 0
    for tree in trees():
        ours = rewritten_tree(tree, Changing())
        assert ours.code == tree.visit(Changing()).code
        changed += ours.code != tree.code
    assert changed > 1


def test_what_did_not_change_is_the_same_object() -> None:
    tree = cst.parse_module("x = 1\n\n\ndef f(a):\n    return a\n")
    assert rewritten_tree(tree, cst.CSTTransformer()) is tree
    changed = rewritten_tree(tree, Changing())
    assert changed.body[0] is tree.body[0]
    assert changed.body[1] is not tree.body[1]


def test_a_visitor_for_what_is_passed_by_is_refused() -> None:
    class Comments(cst.CSTVisitor):
        def visit_Comment(self, node: cst.Comment) -> None: ...

    with pytest.raises(TypeError, match="visit_Comment"):
        look(cst.parse_module("x = 1\n"), Comments())


def test_what_must_stay_cannot_be_removed() -> None:
    class Removing(cst.CSTTransformer):
        def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.RemovalSentinel:
            return cst.RemoveFromParent()

    with pytest.raises(TypeError, match="cannot be removed"):
        rewrite(cst.parse_statement("x = 1"), Removing())


def below(node: cst.CSTNode) -> list[cst.CSTNode]:
    """Every node of a tree that a walk comes to."""
    return [node, *(one for part in parts_of(node) for one in below(part))]


def test_parts_are_the_children_but_white_space_and_punctuation() -> None:
    for tree in trees():
        for node in below(tree):
            said = [child for child in node.children if not isinstance(child, UNSEEN)]
            assert [id(n) for n in parts_of(node) if not isinstance(n, UNSEEN)] == [id(n) for n in said]


def test_a_clone_says_the_same_with_nodes_of_its_own() -> None:
    for tree in trees():
        clone = cloned(tree)
        assert clone.deep_equals(tree)
        assert not {id(n) for n in below(clone)} & {id(n) for n in below(tree)}


def test_a_text_mentions_whole_words_and_never_loses_one() -> None:
    mentioned = mentioning({"orders", "my-file", "größe"})
    texts = (b"from shop import orders", b"import shop.orders as o", b"load('my-file')", "größe".encode())
    assert all(map(mentioned, texts))
    assert not mentioned(b"from shop import reorders, orders_of")
