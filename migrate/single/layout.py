"""`migrate convert --layout single`: what a conversion wrote as many modules, written as one.

The modules that the deployments' flows reach become sections of `flows.py`, in the order in which Python
would have imported them; what none of them reaches (scripts, data files) stays where it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import libcst as cst

from migrate.errors import SourceError
from migrate.results import Conversion, ConvertedPart
from migrate.rewriting.deployments import Deployment, spelled
from migrate.rewriting.file import refuse_broken
from migrate.rewriting.undefined import undefined_in
from migrate.single.elsewhere import Elsewhere
from migrate.single.importing import FUTURE, TYPING, import_block
from migrate.single.meaning import Meanings
from migrate.single.members import External, Member, Own
from migrate.single.naming import Names, named
from migrate.single.order import in_order
from migrate.single.rewrite import OS, imported, needs_os, section
from migrate.single.serving import needed, served
from migrate.single.sites import Problem, Sites

NAME = "flows"
REMEDY = "Or convert without --layout single."


def in_one_file(result: Conversion, root: Path) -> None:
    """Merge the modules of each project of a conversion, in place; prefect.yaml leads into the one file.

    Raises:
        SourceError: something cannot be merged, with the place in the source and the remedy.
    """
    for part in result.parts:
        Merging(result, part, root).run()


@dataclass
class Merging:
    """One project of the tree on its way into one file."""

    result: Conversion
    part: ConvertedPart
    root: Path

    def run(self) -> None:
        """Replace the project's modules by the one file."""
        if not self.part.deployments:
            note = "nothing is deployed: there is no flow to make one file of"
            self.result.notes.append({"file": "prefect.yaml", "note": note})
            return
        self.paths = {
            module: path for path, (module, _) in self.part.modules.items() if path in self.result.files
        }
        entries = [self.part.modules[d.entrypoint.rpartition(":")[0]][0] for d in self.part.deployments]
        self.members = in_order(entries, self.load)
        self.meanings = Meanings(self.members)
        for member in self.members.values():
            member.settle(self.meanings.leads_in)
        early = {symbol for symbol, _, _ in imported(self.members, self.meanings)}
        for member in self.members.values():
            member.leave_to(early)
        seen = {
            m: Sites(member, self.meanings).walk() for m, member in self.members.items() if member.has_names
        }
        self.check(seen)
        self.write(seen)

    def load(self, module: str) -> Member | None:
        """A module of the project, parsed."""
        path = self.paths.get(module)
        if path is None:
            return None
        if any(p.file == path for p in self.result.errors):
            line = next(p.line for p in self.result.errors if p.file == path)
            raise SourceError(
                "a flow needs this file, which could not be converted", file=path, line=line, remedy=REMEDY
            )
        try:  # the encoding that the file declares, or its byte order mark
            code = cst.parse_module(self.result.files[path]).code.replace("\r\n", "\n")
        except (cst.ParserSyntaxError, UnicodeDecodeError, SyntaxError) as problem:
            cause = f"a flow needs this file, which is not valid Python: {problem}".splitlines()[0]
            raise SourceError(cause, file=self.root / path, line=1, remedy=REMEDY) from None
        tree = cst.parse_module(code)
        return Member(path, module, self.part.modules[path][1], tree)

    def check(self, seen: Mapping[str, Sites]) -> None:
        """Raise when something cannot be merged."""
        problems = [p for sites in seen.values() for p in sites.problems]
        place = {module: n for n, module in enumerate(self.members)}
        for module, sites in seen.items():
            for site in sites.found:
                meaning = site.meaning
                if site.now and isinstance(meaning, Own) and place[meaning.module] > place[module]:
                    cause = f"{site.spoken} is needed in a circle of imports with {meaning.module}"
                    remedy = "Break the circle: move what both need into a third module."
                    text = cst.Module([]).code_for_node(site.node)
                    problems.append(Problem(sites.member, text, cause, remedy))
        if problems:
            raise self.refusal(problems)

    def refusal(self, problems: list[Problem]) -> SourceError:
        """All problems as one error, at the place of the first."""
        first, *rest = problems
        more = "".join(f"; also {p.member.path}:{self.line(p)}: {p.cause}" for p in rest)
        cause = f"cannot become one file: {first.cause}{more}"
        return SourceError(
            cause,
            file=self.root / first.member.path,
            line=self.line(first),
            remedy=f"{first.remedy} {REMEDY}",
        )

    def line(self, problem: Problem) -> int:
        """The line of the source that a problem is about, as near as its text tells."""
        source = self.root / problem.member.path
        lines = source.read_text(encoding="utf-8", errors="replace").splitlines() if source.is_file() else []
        hits = [n for n, line in enumerate(lines, start=1) if problem.text in line]
        said = [n for n in hits if not lines[n - 1].lstrip().startswith(("import ", "from "))]
        return next(iter(said or hits), 1)

    def name(self) -> str:
        """What the file is called, without its ending: `flows`, or after the project where that is taken."""
        tops = {m.split(".")[0] for m, _ in self.part.modules.values()}
        project = "".join(c if c.isalnum() else "_" for c in self.part.name)
        return next(n for n in (NAME, f"{project}_flows", f"{project}_all_flows") if n not in tops)

    def write(self, seen: Mapping[str, Sites]) -> None:
        """Put the text together, and the files in the place of those it was made of."""
        flows = [self.flow(d) for d in self.part.deployments]
        there = {f for f in flows if f.name in self.members[f.module].defined}
        wanted = self.wanted(seen)
        names = named(self.members, seen, flows, [*needed(self.part.deployments), *wanted])
        base = f"{self.part.base}/" if self.part.base else ""
        text = self.text(seen, names, wanted, [names.final[f] if f in there else "" for f in flows], base)
        path = f"{base}{self.name()}.py"
        self.prove(text, path)
        for member in self.members.values():
            del self.result.files[member.path]
        self.result.files[path] = text.encode()
        deployments = [
            replace(d, entrypoint=f"{path}:{names.final[f]}")
            for d, f in zip(self.part.deployments, flows, strict=True)
        ]
        self.result.files[f"{base}prefect.yaml"] = spelled(self.part.name, deployments, base).encode()
        self.point(path, names, text)
        self.leave_rest(names)

    def flow(self, deployment: Deployment) -> Own:
        """The symbol of a deployment's flow."""
        path, _, function = deployment.entrypoint.rpartition(":")
        return Own(self.part.modules[path][0], function)

    def wanted(self, seen: Mapping[str, Sites]) -> dict[External, set[str]]:
        """Every import from elsewhere that the file needs, with the modules its statements name."""
        used = {s.meaning for sites in seen.values() for s in sites.found} | {
            m for sites in seen.values() for m in sites.mentioned
        }
        found: dict[External, set[str]] = {}
        self.typing_only: set[External] = set()
        runtime: set[External] = set()
        for symbol, path, typing_only in imported(self.members, self.meanings):
            if (
                symbol in used
                or symbol == FUTURE
                or symbol.name == "*"
                or (not symbol.name and not typing_only)
            ):
                found.setdefault(symbol, set()).add(path)
                (self.typing_only if typing_only else runtime).add(symbol)
        self.typing_only -= runtime
        self.idle = {s for s in found if s not in used and not s.name}
        for symbol in needed(self.part.deployments):
            found.setdefault(symbol, {symbol.path})
        base = f"{self.part.base}/" if self.part.base else ""
        if any(needs_os(m, seen[name], base) for name, m in self.members.items() if name in seen):
            found.setdefault(OS, {"os"})
        if self.typing_only:
            found.setdefault(TYPING, {"typing"})
        return found

    def text(
        self,
        seen: Mapping[str, Sites],
        names: Names,
        wanted: Mapping[External, set[str]],
        flows: list[str],
        base: str,
    ) -> str:
        """The whole file."""
        runtime = {s: p for s, p in wanted.items() if s not in self.typing_only}
        imports = import_block(runtime, names, idle=self.idle)
        if self.typing_only:
            typed = import_block({s: wanted[s] for s in self.typing_only}, names, "    ")
            imports += f"\nif {names.final[TYPING]}:\n{typed}"
        sections = [
            section(m, seen[name], names, self.meanings, base)
            for name, m in self.members.items()
            if name in seen
        ]
        waits = any("partition_runs" in s.path for s in wanted)
        docstring = (
            f'"""{self.part.name}: all flows and what they need, one section a module it was made of.\n\n'
            f"Written by `migrate convert --layout single`; yours to edit. Run it to serve the deployments.\n"
            '"""\n'
        )
        block = served(self.part.deployments, flows, names, waits)
        body = "\n\n".join([*(s for s in sections if s), block])
        return f"{docstring}\n{imports}\n{body}"

    def prove(self, text: str, path: str) -> None:
        """Raise when the file does not compile or reads names that nothing binds."""
        refuse_broken(text)
        before = {n for m in self.members.values() for n in undefined_in(m.tree.code)}
        lost = undefined_in(text) - before
        if lost:
            raise SourceError(
                f"cannot become one file: nothing would bind {', '.join(sorted(lost))}",
                file=path,
                remedy=REMEDY,
            )

    def point(self, path: str, names: Names, text: str) -> None:
        """conversion.json says where in the one file each construct is."""
        merged = {m.path: m.module for m in self.members.values()}
        entries = self.result.entries
        for place, entry in enumerate(entries):
            if entry.target in merged:
                final = names.final.get(Own(merged[entry.target], entry.defined), entry.defined)
                entries[place] = replace(entry, target=path, target_name=final)
        for member in self.members.values():
            if member.started:
                note = 'its `if __name__ == "__main__":` is not in the one file'
                self.result.notes.append({"file": member.path, "note": note})

    def leave_rest(self, names: Names) -> None:
        """What no flow reaches stays, and imports from the one file what it imported from its modules."""
        for path, (module, package) in self.part.modules.items():
            if path not in self.result.files or path.endswith(f"{self.name()}.py"):
                continue
            data = self.result.files[path]
            if not any(m.encode() in data for m in self.members) and b"from ." not in data:
                continue
            fresh = Elsewhere(self.meanings, names, module, package, self.name())
            code = cst.parse_module(data).visit(fresh)
            self.result.files[path] = code.bytes
            for left in fresh.left:
                note = f"it imports {left}, which is in {self.name()}.py now: name what it needs of it"
                self.result.notes.append({"file": path, "note": note})
