"""What is left to the end of a process is never freed; folders are looked at again by the next conversion."""

import subprocess
import sys
from pathlib import Path

from migrate.reading.source import files_of, module_name

PROGRAM = """
from migrate.ending import left_to_the_end

class Tree:
    def __init__(self, name): self.name = name
    def __del__(self): print("freed", self.name)

left_to_the_end(Tree("left"))
freed = Tree("other")
del freed
"""


def test_what_is_left_to_the_end_is_never_freed() -> None:
    ran = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert ran.stdout == "freed other\n"


def test_a_command_line_called_by_another_program_leaves_nothing_to_its_end() -> None:
    program = (
        "import sys\n"
        "from migrate.cli import main\n"
        "from migrate.ending import Process\n"
        "sys.argv = ['migrate', '--version']\n"
        "try:\n"
        "    main()\n"
        "except SystemExit:\n"
        "    print(Process.ends)\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "False"


def test_a_package_made_since_is_seen_by_the_next_walk(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "assets.py").write_text("from dagster import asset\n")
    assert [f.path for f in files_of(tmp_path)] == ["shop/assets.py"]
    assert module_name(tmp_path, "shop/assets.py") == ("assets", False)
    (tmp_path / "shop" / "__init__.py").touch()
    assert len(list(files_of(tmp_path))) == 2
    assert module_name(tmp_path, "shop/assets.py") == ("shop.assets", False)
