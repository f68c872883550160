"""Trees whose punctuation is made once are LibCST's own trees."""

import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import libcst as cst
import pytest

from migrate.reading.parsing import PLAIN, REMEMBERED, parse_expression, parse_module
from migrate.reading.walking import UNSEEN

ROOT = Path(__file__).parents[2]
FILES = sorted([*ROOT.glob("migrate/rules/*.py"), *ROOT.glob("tests/rules/*/*/before.py")])


def nodes(tree: cst.CSTNode) -> list[cst.CSTNode]:
    """Every node of a tree, at each place where it stands."""
    return [tree, *(node for child in tree.children for node in nodes(child))]


def test_a_tree_is_what_libcst_reads_whatever_was_read_before() -> None:
    assert len(FILES) > REMEMBERED
    for path in FILES:
        data = path.read_bytes()
        tree = parse_module(data)
        assert tree.bytes == data
        assert tree.deep_equals(cst.parse_module(data)), path


def test_nothing_that_a_rule_could_ask_for_stands_at_two_places() -> None:
    tree = parse_module(
        "a = f(x, x, g[1, 1], {1: 1}, (x,), [x])  # one\nb = x . y ; c = (\n    x\n)\n\n\nd = 1\n"
    )
    seen = Counter(id(node) for node in nodes(tree) if not isinstance(node, UNSEEN))
    assert set(seen.values()) == {1}


def test_a_process_without_other_threads_makes_equal_commas_once() -> None:
    """In a process of its own: what other tests leave running would have it parse plainly."""
    program = (
        "from migrate.reading.parsing import parse_expression\n"
        "call = parse_expression('f(a, b, c, d)')\n"
        "print(len({id(argument.comma) for argument in call.args[:-1]}))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout == "1\n"


def test_a_changed_tree_leaves_the_next_one_as_it_was() -> None:
    tree = parse_module("f(a, b)\n")
    wide = cst.Comma(whitespace_after=cst.SimpleWhitespace("      "))
    call = cst.ensure_type(
        cst.ensure_type(cst.ensure_type(tree.body[0], cst.SimpleStatementLine).body[0], cst.Expr).value,
        cst.Call,
    )
    changed = tree.deep_replace(call.args[0], call.args[0].with_changes(comma=wide))
    assert changed.code == "f(a,      b)\n"
    assert parse_module("f(a, b)\n").code == "f(a, b)\n"


@pytest.mark.parametrize("source", ["f(a, b)", "(", "f(a,"])
def test_the_classes_are_back_afterwards(source: str) -> None:
    try:
        parse_expression(source)
    except cst.ParserSyntaxError:
        assert source != "f(a, b)"
    for name, kind in PLAIN.items():
        assert getattr(cst, name) is kind


def test_another_thread_never_meets_a_replaced_class() -> None:
    source, met, done = "f(a, b, c)\n" * 200, list[str](), threading.Event()

    def watching() -> None:
        while not done.is_set():
            met.extend(name for name, kind in PLAIN.items() if getattr(cst, name) is not kind)

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    watcher = threading.Thread(target=watching)
    watcher.start()
    try:
        for _ in range(5):
            assert parse_module(source).code == source
    finally:
        done.set()
        watcher.join()
        sys.setswitchinterval(before)
    assert not met


def test_quickly_made_nodes_are_what_libcst_makes_and_cannot_be_changed() -> None:
    """In a process of its own, where they are made."""
    program = (
        "import sys\n"
        "from dataclasses import FrozenInstanceError\n"
        "import libcst as cst\n"
        "from migrate.reading.making import MADE, makers\n"
        "from migrate.reading.parsing import parse_expression, parse_module\n"
        "assert all(made is not kind for made, kind in zip(makers().values(), MADE, strict=True))\n"
        "for path in sys.argv[1:]:\n"
        "    data = open(path, 'rb').read()\n"
        "    assert parse_module(data).deep_equals(cst.parse_module(data)), path\n"
        "name = parse_expression('name')\n"
        "assert type(name) is cst.Name\n"
        "try:\n"
        "    name.value = 'other'\n"
        "except FrozenInstanceError:\n"
        "    print(name.with_changes(value='other').value)\n"
    )
    command = [sys.executable, "-c", program, *(str(path) for path in FILES[::3])]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.stderr) == ("other\n", "")


def test_what_the_grammar_lets_through_and_python_does_not_is_refused() -> None:
    program = (
        "from migrate.reading.parsing import parse_module\n"
        "try:\n"
        "    parse_module(b\"x = b'one' 'two'\\n\")\n"
        "except SyntaxError as problem:\n"
        "    print(problem)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout == "Cannot concatenate string and bytes.\n"
