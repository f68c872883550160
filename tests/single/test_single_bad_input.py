"""One file out of files with other encodings and line ends, and with what cannot be read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from migrate.conversion import convert
from migrate.errors import SourceError

FILES = {
    "shop/__init__.py": b"",
    "shop/bom.py": b"\xef\xbb\xbfimport os\r\nfrom dagster import asset\r\n\r\n\r\n@asset\r\n"
    b"def bom():\r\n    # a comment\r\n    return os.getcwd()\r\n",
    "shop/latin.py": b"# -*- coding: latin-1 -*-\nfrom dagster import asset\n\n\n@asset\n"
    b'def latin():\n    return "\xe9"\n',
    "shop/newer.py": b"from dagster import asset\n\n\ndef f[T](x: T) -> T:\n    return x\n\n\n"
    b"@asset\ndef newer():\n    return f(1)\n",
    "shop/definitions.py": b"from dagster import Definitions, define_asset_job\n\nfrom shop.bom import bom\n"
    b"from shop.latin import latin\nfrom shop.newer import newer\n\n"
    b'both = define_asset_job("both", selection="*")\n'
    b"defs = Definitions(assets=[bom, latin, newer], jobs=[both])\n",
}


def put(root: Path, files: dict[str, bytes]) -> Path:
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    return root


def test_encodings_line_ends_and_newer_syntax(tmp_path: Path) -> None:
    made = convert(put(tmp_path, FILES), single=True).files
    code = made["flows.py"].decode("utf-8")
    assert 'return "é"' in code
    assert "# a comment" in code
    assert "def f[T](x: T) -> T:" in code
    assert "\r" not in code
    assert "latin-1" not in code
    assert not code.startswith("\ufeff")


def test_a_file_that_a_flow_needs_and_nobody_can_read(tmp_path: Path) -> None:
    broken = {"shop/bom.py": b"import shop.helper\n" + FILES["shop/bom.py"][3:], "shop/helper.py": b"x = (\n"}
    with pytest.raises(SourceError) as refused:
        convert(put(tmp_path, {**FILES, **broken}), single=True)
    assert str(refused.value.file).endswith("shop/helper.py")
    assert "--layout single" in refused.value.remedy


@pytest.mark.parametrize("option", ["--check", "--diff"])
def test_a_forecast_says_too_that_something_needs_a_person(tmp_path: Path, option: str) -> None:
    code = (
        b"from dagster import Definitions, asset\n\n\n@asset(name=compute())\ndef one():\n    return 1\n\n\n"
    )
    project = put(tmp_path / "p", {"code.py": code + b"defs = Definitions(assets=[one])\n"})
    words = [
        str(Path(sys.executable).with_name("migrate")),
        "convert",
        str(project),
        "--out",
        str(tmp_path / "o"),
    ]
    codes = [
        subprocess.run([*words, *more], capture_output=True).returncode
        for more in ((), (option,), (option, "--strict"))
    ]
    assert codes == [0, 0, 1]
