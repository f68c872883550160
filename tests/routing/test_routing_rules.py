"""Which route wins, what is refused before anything runs, and what a move leaves in the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate import routing, routing_log, routing_moves
from migrate.errors import ChangeoverError, ConfigError, EvidenceError
from migrate.routing_graph import Graph, Node, holes, states

FILE = Path("routing.toml")
NODES = (
    Node("raw/cows", "barn"),
    Node("milk", "barn", deps=("raw/cows",), loads=("raw/cows",), store="io_manager"),
    Node("prices", "market", store="json_store"),
    Node("income", "market", deps=("milk", "prices"), loads=("prices",)),
    Node("bands", "reporting", deps=("milk",), loads=("milk",), step="reports"),
    Node("growth", "reporting", deps=("milk",), loads=("milk",), step="reports"),
)
GRAPH = Graph({node.key: node for node in NODES}, FILE)


def file(*lines: str, more: str = "") -> routing.Routing:
    return routing.parse("schema = 1\n[routes]\n" + "\n".join(lines) + "\n" + more, FILE)


def test_an_asset_wins_over_its_group_and_the_group_over_a_glob():
    found = states(file('"*" = "shadow"', '"group:market" = "prefect"', '"prices" = "dagster"'), GRAPH)
    assert found["milk"] == "shadow"
    assert found["income"] == "prefect"
    assert found["prices"] == "dagster"


def test_of_two_globs_the_one_with_more_letters_wins():
    assert states(file('"m*" = "shadow"', '"mil*" = "prefect"'), GRAPH)["milk"] == "prefect"


def test_without_a_route_dagster_runs_it():
    assert set(states(routing.Routing(FILE), GRAPH).values()) == {"dagster"}


def refused(call, *words: str) -> ChangeoverError:
    with pytest.raises(ChangeoverError) as caught:
        call()
    for word in words:
        assert word in str(caught.value), str(caught.value)
    return caught.value


def test_two_equal_patterns_that_differ_are_an_error_with_its_line():
    problem = refused(
        lambda: states(file('"mil*" = "shadow"', '"*ilk" = "prefect"'), GRAPH), "milk", "equally specific"
    )
    assert problem.line in (3, 4)


@pytest.mark.parametrize(
    ("line", "words", "number"),
    [
        ('"milc" = "shadow"', ("no asset milc", "Did you mean milk"), 3),
        ('"group:shop" = "shadow"', ("no group shop",), 3),
        ('"zz*" = "shadow"', ("no asset matches zz*",), 3),
    ],
)
def test_a_route_that_means_nothing_is_an_error(line, words, number):
    assert refused(lambda: states(file(line), GRAPH), *words).line == number


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ('schema = 1\n[routes]\n"milk" = "prefekt"\n', ("routes.milk",), 3),
        ('schema = 1\n[rutes]\n"milk" = "prefect"\n', ("rutes: unknown key",), 2),
        ('schema = 2\n[routes]\n"milk" = "prefect"\n', ("schema",), 1),
        ('schema = 1\n[routes]\n"milk" = "prefect"\n"milk" = "shadow"\n', ("not valid TOML",), 4),
    ],
)
def test_the_file_is_strict_and_errors_name_the_line(text, words, line):
    assert refused(lambda: routing.parse(text, FILE), *words).line == line


def test_assets_of_one_function_cannot_be_routed_apart():
    refused(lambda: states(file('"bands" = "shadow"'), GRAPH), "bands", "growth", "one function")


def test_a_value_in_dagsters_default_store_is_a_hole_a_declared_one_is_none():
    open_ = file('"*" = "dagster"', '"milk" = "prefect"', '"prices" = "prefect"')
    assert [str(hole) for hole in holes(states(open_, GRAPH), open_, GRAPH)] == [
        "milk → bands",
        "milk → growth",
    ]
    closed = file('"milk" = "prefect"', more='[handover]\nmilk = "both read milk.parquet"\n')
    assert holes(states(closed, GRAPH), closed, GRAPH) == []


def test_a_cutover_that_would_leave_a_hole_is_refused_and_says_what_to_do():
    routes = file('"*" = "shadow"')
    refused(lambda: routing_moves.forward(routes, GRAPH, ["milk"], None), "bands", "default IO manager")
    plan = routing_moves.forward(routes, GRAPH, ["milk", "bands", "growth"], None)
    assert set(plan.assets.values()) == {("shadow", "prefect")}


def test_a_rollback_takes_along_what_would_leave_a_hole():
    routes = file('"*" = "prefect"')
    plan = routing_moves.back(routes, GRAPH, ["group:reporting"], None)
    assert plan.taken_along == ("milk", "raw/cows")
    found = states(plan.after, GRAPH)
    assert found["bands"] == found["milk"] == "shadow"
    assert found["income"] == "prefect"
    assert holes(found, plan.after, GRAPH) == []


@pytest.mark.parametrize(
    ("routes", "words", "to", "said"),
    [
        ('"*" = "dagster"', ["milk"], "prefect", "next step is shadow"),
        ('"*" = "retired"', ["milk"], None, "no further step"),
        ('"milk" = "shadow"', ["milk", "prices"], None, "not at one step"),
        ('"*" = "dagster"', ["mlik"], None, "no asset mlik"),
    ],
)
def test_an_illegal_step_is_refused(routes, words, to, said):
    refused(lambda: routing_moves.forward(file(routes), GRAPH, words, to), said)


def test_a_move_keeps_comments_and_writes_as_few_lines_as_it_can():
    head, tail = "# ours\nschema = 1\n\n[routes]\n", '\n[handover]\nmilk = "x"\n'
    text = f'{head}"*" = "shadow"  # since May\n"prices" = "prefect"\n{tail}'
    routes = routing.parse(text, FILE)
    one = routing_moves.forward(routes, GRAPH, ["income"], None).after
    assert one.text == text.replace('"prices" = "prefect"\n', '"prices" = "prefect"\n"income" = "prefect"\n')
    every = routing_moves.forward(one, GRAPH, ["*"], "prefect").after
    assert (
        every.text
        == '# ours\nschema = 1\n\n[routes]\n"*" = "prefect"  # since May\n\n[handover]\nmilk = "x"\n'
    )
    assert routing_moves.back(every, GRAPH, ["*"], "shadow").after.text.count("shadow") == 1


def test_the_record_of_moves_cannot_be_edited_unseen(tmp_path):
    log = routing_log.log_file(tmp_path)
    for why in ("first", "second", "third"):
        routing_log.append(log, "cutover", {"milk": ("dagster", "shadow")}, why=why, routing_text=why)
    assert [move.why for move in routing_log.read(log)] == ["first", "second", "third"]
    lines = log.read_text().splitlines()
    log.write_text("\n".join([lines[0].replace("first", "1st"), *lines[1:]]) + "\n")
    with pytest.raises(EvidenceError) as caught:
        routing_log.read(log)
    assert caught.value.line == 2
    log.write_text("\n".join([lines[0], lines[2]]) + "\n")
    with pytest.raises(EvidenceError, match="edited or taken out"):
        routing_log.append(log, "cutover", {}, why="no", routing_text="")


def test_an_asset_that_nobody_knows_is_an_error_of_the_command_line_too():
    with pytest.raises(ConfigError, match="no group shop"):
        GRAPH.select(["group:shop"])


def test_a_deployment_is_named_with_its_flow():
    routes = routing.parse('schema = 1\n[deployments]\n"group:barn" = "close/year"\n', FILE)
    assert [(rule.pattern, rule.state) for rule in routes.deployments] == [("group:barn", "close/year")]
    states(routes, GRAPH)
    unknown = routing.parse('schema = 1\n[deployments]\n"group:bran" = "close/year"\n', FILE)
    assert refused(lambda: states(unknown, GRAPH), "no group bran").line == 3
    text = 'schema = 1\n[deployments]\n"group:barn" = "close"\n'
    refused(lambda: routing.parse(text, FILE), "deployments.group:barn")
