"""A program of several modules, handed as one file to an interpreter that has nothing of ours.

`python FILE …` runs it: Python executes a zip archive that holds `__main__.py`. The modules lie in it below
a name that no project has, and the archive leaves `sys.path` before the program begins, so that the
project under inspection sees no name of ours. Plain enough for Python 3.8: the legacy interpreter
packs, too (`proxy_process.py`).

Upstream: https://docs.python.org/3/library/zipapp.html#the-python-zip-application-archive-format
"""

from __future__ import annotations

import zipfile
from pathlib import Path

PROGRAMS = Path(__file__).with_name("foreign")
PACKAGE = "changeover_foreign"
START = """\
import sys

from {package}.{name}.main import main

del sys.path[0]
sys.exit(main(sys.argv[1:]))
"""


def handed(name: str, folder: Path) -> str:
    """Write a program of `shims/foreign/` to a file of its name in `folder`; the file's path."""
    target = folder / f"{name}.pyz"
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(str(target), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("__main__.py", START.format(package=PACKAGE, name=name))
        for file in sorted(PROGRAMS.rglob("*.py")):
            archive.writestr(f"{PACKAGE}/{file.relative_to(PROGRAMS).as_posix()}", file.read_bytes())
    return str(target)
