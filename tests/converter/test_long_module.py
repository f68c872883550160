"""Flows are written below the imports that they need, though nobody parses their bodies."""

from migrate.rewriting.long_module import written_out

HEAD = '"""Flows."""\n'
FLOW = '''\
@flow(name="all")
def everything(
    start: str = first(),
) -> State[Any]:
    """What it says:

def is_no_function():
    """
    total = 1
    rows = load.submit(
        "one",
        start,
    )
    return settled(rows, total=f"{wrapped(total)}")
'''
NEEDED = [
    ("prefect", "flow"),
    ("prefect", "State"),
    ("prefect", "task"),
    ("shop.assets", "load"),
    ("shop.assets", "total"),
    ("support", "settled"),
    ("support", "wrapped"),
    ("typing", "Any"),
]


def test_imports_are_those_that_heads_and_bodies_read_and_bodies_stay_as_they_are() -> None:
    code = written_out(
        HEAD, [FLOW, "def second():\n    return None"], NEEDED, lambda path: path == "shop.assets"
    )
    assert code == (
        '"""Flows."""\n\nfrom typing import Any\n\nfrom prefect import State, flow\n'
        "from support import settled, wrapped\n\nfrom shop.assets import load\n\n\n"
        f"{FLOW}\n\ndef second():\n    return None\n"
    )


def test_variables_before_a_flow_stand_between_imports_and_flow() -> None:
    code = written_out(HEAD, [f"days = daily()\n\n\n{FLOW}"], [("support", "daily")], lambda path: False)
    assert code == f'"""Flows."""\n\nfrom support import daily\n\ndays = daily()\n\n\n{FLOW}'
