"""A second conversion of what has not changed is answered from the record; any changed byte is work again."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from migrate import repeating
from migrate.commands.convert import convert
from migrate.repeating import made_of, standing

FILES = {
    "assets.py": "from dagster import Definitions, asset\n\n\n@asset\ndef orders() -> int:\n    return 1\n"
    "\n\ndefs = Definitions(assets=[orders])\n",
    "rows.csv": "id\n1\n",
    "warehouse/dbt_project.yml": "name: shop\n",
    "warehouse/target/manifest.json": "{}",
}
OPTIONS = ((), False, False, "mirrored")
WHAT_IT_TAKES = """import sys
from migrate.cli import main
try:
    main()
except SystemExit as end:
    print("libcst" in sys.modules, end.code)
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    for path, content in FILES.items():
        (tmp_path / "shop" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "shop" / path).write_text(content)
    return tmp_path


def _convert(folder: Path, *more: str) -> tuple[int, str]:
    command = [str(folder / "shop"), "--out", str(folder / "out"), *more]
    done = CliRunner().invoke(convert, command, standalone_mode=False)
    assert done.exception is None, done.exception
    return int(done.return_value), done.output


def _stands(folder: Path, options: tuple[object, ...] = OPTIONS) -> bool:
    return standing(folder / "out", made_of(folder / "shop", folder / "out", options)) is not None


def test_the_answer_is_that_of_the_work(shop: Path) -> None:
    first = _convert(shop)
    assert _stands(shop)
    assert _convert(shop) == first
    assert _convert(shop, "--check") == _convert(shop, "--diff") == (0, "")
    record = json.loads((shop / "out" / "conversion.json").read_text())
    shown = json.loads(_convert(shop, "--json")[1])
    assert shown == {name: value for name, value in record.items() if name not in ("source_sha256", "files")}


def test_nothing_is_parsed_for_it(shop: Path) -> None:
    def run() -> str:
        command = [sys.executable, "-c", WHAT_IT_TAKES, "convert", "shop", "--out", "out", "--check"]
        return subprocess.run(command, capture_output=True, text=True, cwd=shop, timeout=60).stdout

    assert run().endswith("True 1\n")
    _convert(shop)
    assert run() == "False 0\n"


def _changed(path: str) -> Callable[[Path], object]:
    return lambda folder: (folder / path).write_bytes((folder / path).read_bytes() + b" ")


def _added(path: str) -> Callable[[Path], object]:
    return lambda folder: (folder / path).write_text("")


def _linked(folder: Path) -> None:
    (folder / "elsewhere").mkdir()
    (folder / "shop" / "more").symlink_to(folder / "elsewhere")


CHANGES: dict[str, Callable[[Path], object]] = {
    "a byte of the code": _changed("shop/assets.py"),
    "a byte of the data": _changed("shop/rows.csv"),
    "what dbt made": _changed("shop/warehouse/target/manifest.json"),
    "a new file": _added("shop/__init__.py"),
    "a file that can be executed": lambda folder: (folder / "shop/rows.csv").chmod(0o755),
    "a file that is gone": lambda folder: (folder / "shop/rows.csv").unlink(),
    "a link to a folder": _linked,
    "a byte of the target": _changed("out/assets.py"),
    "a new file of the target": _added("out/notes.md"),
    "a file of the target that is gone": lambda folder: (folder / "out/rows.csv").unlink(),
    "a byte of the record": _changed("out/conversion.json"),
    "what was generated": _changed("out/.changeover/generated.json"),
    "no answer": lambda folder: (folder / "out/.changeover/answer.json").unlink(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_is_converted_again(shop: Path, change: str) -> None:
    _convert(shop)
    CHANGES[change](shop)
    assert not _stands(shop)


@pytest.mark.parametrize(
    "options", [(("shop.assets",), *OPTIONS[1:]), ((), True, False, "mirrored"), ((), False, False, "single")]
)
def test_other_options_are_another_conversion(shop: Path, options: tuple[object, ...]) -> None:
    _convert(shop)
    assert not _stands(shop, options)


def test_a_changed_converter_works_again(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = shop / "converter"
    own.mkdir()
    (own / "repeating.py").write_text("")
    monkeypatch.setattr(repeating, "__file__", str(own / "repeating.py"))
    _convert(shop)
    assert _stands(shop)
    (own / "repeating.py").write_text("#")
    assert not _stands(shop)


def test_a_changed_plugin_works_again(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plugin = shop / "plugin"
    (plugin / "own_rules-1.dist-info").mkdir(parents=True)
    (plugin / "own_rules-1.dist-info" / "METADATA").write_text("Name: own-rules\nVersion: 1\n")
    before = made_of(shop / "shop", shop / "out", OPTIONS)
    entry = plugin / "own_rules-1.dist-info" / "entry_points.txt"
    entry.write_text("[changeover.rules]\nmine = own_rules_of_a_test\n")
    monkeypatch.syspath_prepend(str(plugin))
    assert made_of(shop / "shop", shop / "out", OPTIONS) == ""  # its module is not there
    (plugin / "own_rules_of_a_test.py").write_text("RULE = 1\n")
    first = made_of(shop / "shop", shop / "out", OPTIONS)
    (plugin / "own_rules_of_a_test.py").write_text("RULE = 2\n")
    assert len({before, first, made_of(shop / "shop", shop / "out", OPTIONS)}) == 3


def test_an_edit_that_was_merged_is_looked_at_each_time(shop: Path) -> None:
    _convert(shop)
    code = shop / "out" / "assets.py"
    code.write_text(code.read_text() + "\n# mine\n")
    assert _convert(shop)[0] == 0
    assert "# mine" in code.read_text()
    assert not _stands(shop)


def test_the_dbt_project_beside_it_is_a_part_of_it(shop: Path) -> None:
    (shop / "shop" / "warehouse").rename(shop / "warehouse")
    _convert(shop)
    assert _stands(shop)
    (shop / "warehouse" / "orders.sql").write_text("select 1")
    assert not _stands(shop)


def test_a_target_that_is_read_as_dbts_project_is_no_answer(shop: Path) -> None:
    (shop / "shop" / "warehouse").rename(shop / "out")
    assert made_of(shop / "shop", shop / "out", OPTIONS) == ""
