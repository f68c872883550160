"""What a phase hands over beside code (a dashboard, training): looked at, not ticked off."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

from validation.facts import Fact, naming

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from migrate.config_gate import Deliverable
    from validation.evidence import Evidence

GATE = "deliverables"
UNFINISHED = re.compile(r"\b(TODO|TBD|FIXME|lorem ipsum|coming soon|to be written)\b", re.IGNORECASE)


def facts(evidence: Evidence) -> Iterator[Fact]:
    """One fact for the files and one for the command of each deliverable that the phase asks for."""
    asked = evidence.phase.deliverables
    if not asked:
        yield Fact(GATE, "deliverables", "none asked for by this phase", "none", 0.0, asked=False)
    for wanted in asked:
        if wanted.files:
            yield _files(wanted, evidence)
        if wanted.command:
            yield _command(wanted, evidence)


def _files(wanted: Deliverable, evidence: Evidence) -> Fact:
    root, problems, found = evidence.migration.root, [], list[tuple[str, str]]()
    for pattern in wanted.files:
        here = sorted(f for f in root.glob(pattern) if f.is_file())
        if not here:
            problems.append(f"there is no {pattern}")
        found += [(evidence.name(file), _text(file)) for file in here]
    words = sum(len(text.split()) for _, text in found)
    if words < max(1, wanted.min_words):
        problems.append(f"{words} words in all, {max(1, wanted.min_words)} asked for")
    for name, text in found:
        holder = UNFINISHED.search(text)
        if holder:
            line = text.count("\n", 0, holder.start()) + 1
            problems.append(f"{name}:{line} says {holder[0]}: it is not finished")
    mentions = (m.replace("{run}", evidence.run.id) for m in wanted.mentions)
    problems += [f"no file mentions {m}" for m in mentions if not any(m in text for _, text in found)]
    return Fact(
        GATE,
        f"{wanted.name}: files",
        "there, finished, and saying what they must",
        f"{len(found)} files, {words} words",
        float(len(problems)),
        detail=naming(problems),
        evidence=naming(wanted.files),
    )


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace")


def _command(wanted: Deliverable, evidence: Evidence) -> Fact:
    command = [
        part.replace("{python}", sys.executable).replace("{run}", evidence.run.id) for part in wanted.command
    ]
    try:
        done = subprocess.run(
            command,
            cwd=evidence.migration.root,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=wanted.time_limit_seconds,
        )
        code, said = str(done.returncode), (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
    except subprocess.TimeoutExpired:
        code, said = "none", [f"it was ended after {wanted.time_limit_seconds:g} s"]
    except OSError as problem:
        code, said = "none", [f"it cannot be started: {problem.strerror}"]
    return Fact(
        GATE,
        f"{wanted.name}: command",
        "exit code 0",
        f"exit code {code}",
        float(code != "0"),
        detail="".join(said) if code != "0" else "",
        evidence=" ".join(wanted.command),
    )
