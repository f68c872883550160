"""CONTRIBUTING's ten minutes: its files are written, its commands are run, in a copy of the repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from docsite.blocks import blocks

REPOSITORY = Path(__file__).parents[2]
CACHES = shutil.ignore_patterns("__pycache__")


def test_a_rule_is_added_as_the_page_says(tmp_path):
    for part in ("migrate", "tests/rules"):
        shutil.copytree(REPOSITORY / part, tmp_path / part, ignore=CACHES)
    for file in ("pyproject.toml", "tests/conftest.py"):
        shutil.copy(REPOSITORY / file, tmp_path / file)
    (tmp_path / ".venv").symlink_to(sys.prefix)
    page = blocks(REPOSITORY / "CONTRIBUTING.md")
    for block in page:
        if "file" in block.marks:
            file = tmp_path / block.marks["file"]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.text)
    (commands,) = [b for b in page if b.language == "sh" and "UPDATE_FIXTURES" in b.text]
    done = subprocess.run(
        ["sh", "-e", "-c", commands.text],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    assert 'CONFIG = yaml.safe_load(Path("run.yaml").read_text())' in done.stdout
    assert " passed" in done.stdout
    assert not (tmp_path / "tests/rules/config_from_files/one_file/findings.txt").exists()
