"""`python -m docsite.notices` prints THIRD_PARTY.md: what requirements.lock pins, with declared licences."""

from __future__ import annotations

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

LOCK = Path(__file__).parents[1] / "requirements.lock"
PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+?)(?:\s*;.*)?\s*\\?$", re.MULTILINE)
HEAD = """# Third-party notices

changeover contains no code of others. These are the distributions that `requirements.lock` pins for
development and the extras, with the licence each declares in its own metadata. Made by `make notices`.

| distribution | version | licence |
|---|---|---|
"""


def page() -> str:
    """The whole page. A pin for another platform or Python is listed without its licence."""
    pins = sorted(
        {(name.lower(), version) for name, version in PIN.findall(LOCK.read_text(encoding="utf-8"))}
    )
    return HEAD + "".join(f"| {name} | {version} | {_licence(name, version)} |\n" for name, version in pins)


def _licence(name: str, version: str) -> str:
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return "not installed on this platform"
    return _declared(found) if found.version == version else "another version is installed here"


def _declared(found: Distribution) -> str:
    metadata = found.metadata
    if metadata.get("License-Expression"):
        return str(metadata["License-Expression"])
    classifiers = [
        c.rsplit(" :: ", 1)[-1] for c in metadata.get_all("Classifier") or [] if c.startswith("License")
    ]
    text = str(metadata.get("License") or "").strip().splitlines()
    return "; ".join(classifiers) or (text[0] if text else "not declared")


if __name__ == "__main__":
    print(page(), end="")
