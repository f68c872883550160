"""Signatures: who may sign what, what stays on record, and every way to doctor it afterwards."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click import UsageError
from click.testing import CliRunner

from migrate import files
from migrate.config import load
from migrate.errors import ChangeoverError
from validation import approvals, seal
from validation.commands.sign_off import sign_off

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Project


def say(project: Project, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(
        sign_off, ["--phase", "1", "--config", str(project.config), *words], standalone_mode=False
    )
    if done.exception:
        raise done.exception
    return done.return_value, done.output


def approve(project: Project, by: str = "Ada", role: str = "Lead", **more: str) -> tuple[int, str]:
    extra = [word for name, value in more.items() for word in (f"--{name}", value)]
    return say(project, "--approve", "--by", by, "--role", role, *extra)


def reject(project: Project, by: str = "Bob", role: str = "Auditor") -> tuple[int, str]:
    return say(project, "--reject", "--by", by, "--role", role, "--comment", "numbers of March are odd")


def folder(project: Project) -> Path:
    return project.root / ".changeover" / "sign-off" / "phase-1"


def state(project: Project, today: dt.date | None = None) -> tuple[str, str, list[str]]:
    found = seal.verify(load(project.config), "1", today)
    return found.state, found.standing, [f"{b.path}: {b.why}" for b in found.broken]


def resealed(project: Project) -> None:
    """What a careful forger does last."""
    seal.close(folder(project))


def test_an_approval_is_on_record_and_in_every_rendering(report: Project) -> None:
    code, said = approve(report, comment="read <the> losses")
    assert code == 0
    assert "stands: approved" in said
    assert state(report) == ("intact", "approved", [])
    (record,) = approvals.read(folder(report))
    assert (record.action, record.by, record.role, record.verdict) == ("approved", "Ada", "Lead", "green")
    assert record.report_sha256 == files.digest_file(folder(report) / "report.json")
    assert record.previous == approvals.FIRST
    page = (folder(report) / "report.html").read_text()
    assert "Ada (Lead) approved on" in page[: page.index("<nav")]
    assert "read &lt;the&gt; losses" in page
    assert "| approved | Ada | Lead |" in (folder(report) / "report.md").read_text()


def test_a_rejection_weighs_more_than_an_approval_until_it_is_taken_back(report: Project) -> None:
    approve(report)
    assert reject(report)[0] == 0
    assert state(report) == ("intact", "rejected", [])
    assert approve(report, "bob", "Auditor")[0] == 0
    assert state(report)[1] == "approved"
    assert [r.action for r in approvals.read(folder(report))] == ["approved", "rejected", "approved"]


def test_every_role_that_the_phase_asks_for_must_sign_and_one_person_has_one(report: Project) -> None:
    text = report.config.read_text()
    report.config.write_text(text.replace("cpu_ratio", 'approvals = ["Lead", "Auditor"]\ncpu_ratio'))
    assert approve(report)[0] == 1  # the settings have changed: stale
    report.decide()
    assert say(report)[0] == 0
    assert "partly approved" in approve(report)[1]
    with pytest.raises(ChangeoverError, match="ada has signed this report as Lead"):
        approve(report, "ada", "Auditor")
    with pytest.raises(ChangeoverError, match="asks for no signature of a Janitor"):
        approve(report, "Carl", "Janitor")
    assert "stands: approved" in approve(report, "Bob", "Auditor")[1]


def test_a_red_report_can_be_rejected_and_never_approved(project: Project) -> None:
    project.sql("prefect", "update fct_pay set bonus = 99 where employee = 'E7'")
    project.decide()
    assert say(project)[0] == 1
    code, said = approve(project)
    assert code == 1
    assert "not signed: the report of phase 1 is intact and red" in said
    assert approvals.read(folder(project)) == []
    assert reject(project)[0] == 0
    assert state(project)[1] == "rejected"


def test_a_stale_report_cannot_be_approved(report: Project) -> None:
    (report.root / "new" / "tiny" / "jobs.py").write_text("# changed\n")
    code, said = approve(report)
    assert code == 1
    assert "stale: new/: it has changed" in said
    assert not (folder(report) / approvals.LOG).exists()


def test_whoever_signs_says_who_and_as_what(report: Project) -> None:
    with pytest.raises(UsageError, match="--role is missing"):
        say(report, "--approve", "--by", "Ada")
    with pytest.raises(UsageError, match="--by is missing"):
        say(report, "--approve", "--by", "  ", "--role", "Lead")
    with pytest.raises(UsageError, match="go with --approve"):
        say(report, "--by", "Ada")


def test_written_again_without_a_change_the_approval_holds(report: Project) -> None:
    approve(report)
    before = (folder(report) / "report.json").read_bytes()
    assert say(report)[0] == 0
    assert (folder(report) / "report.json").read_bytes() == before
    assert state(report) == ("intact", "approved", [])


def test_a_superseded_report_and_its_signatures_stay_on_record(report: Project) -> None:
    approve(report)
    old = files.digest_file(folder(report) / "report.json")
    report.edit("run", lambda run: run["sides"]["prefect"].update(cpu_seconds=12.0))
    assert state(report)[0] == "stale"
    report.decide()
    assert say(report)[0] == 0
    assert state(report) == ("intact", "open", [])
    kept = folder(report) / approvals.HISTORY / old[:16] / "report.json"
    assert files.digest_file(kept) == old
    assert [r.action for r in approvals.read(folder(report))] == ["approved", "superseded"]
    assert "an earlier one" in (folder(report) / "report.html").read_text()
    approve(report, "Bob", "Auditor")
    assert state(report) == ("intact", "approved", [])
    kept.write_text(kept.read_text().replace("green", "Green"))
    assert state(report)[0] == "tampered"


def _line(project: Project, number: int, old: str, new: str) -> None:
    log = folder(project) / approvals.LOG
    lines = log.read_text().splitlines()
    assert old in lines[number]
    lines[number] = lines[number].replace(old, new)
    log.write_text("\n".join(lines) + "\n")


def _name(project: Project) -> None:
    _line(project, 0, '"Ada"', '"Eve"')


def _verdict(project: Project) -> None:
    _line(project, 1, '"rejected"', '"approved"')


def _removed(project: Project) -> None:
    log = folder(project) / approvals.LOG
    log.write_text("".join(log.read_text().splitlines(keepends=True)[1:]))


def _swapped(project: Project) -> None:
    log = folder(project) / approvals.LOG
    one, two, three = log.read_text().splitlines()
    log.write_text("\n".join([two, one, three]) + "\n")


def _noise(project: Project) -> None:
    log = folder(project) / approvals.LOG
    log.write_text("{}\n" + log.read_text())


def _gone(project: Project) -> None:
    (folder(project) / approvals.LOG).unlink()


def _page(project: Project) -> None:
    page = folder(project) / "report.html"
    page.write_text(page.read_text().replace("1.00", "2.00"))


def _json(project: Project) -> None:
    report = folder(project) / "report.json"
    report.write_text(report.read_text().replace("Proof of concept", "Proof of everything"))


@pytest.mark.parametrize("forgery", [_name, _verdict, _removed, _swapped, _noise, _gone, _page, _json])
def test_what_was_edited_afterwards_is_tampered(report: Project, forgery: Callable[[Project], None]) -> None:
    approve(report)
    reject(report)
    approve(report, "Carl", "Owner")
    forgery(report)
    assert state(report)[0] == "tampered"


@pytest.mark.parametrize("forgery", [_name, _verdict, _removed, _swapped, _noise, _page, _json])
def test_a_seal_made_anew_over_the_forgery_does_not_help(
    report: Project, forgery: Callable[[Project], None]
) -> None:
    approve(report)
    reject(report)
    approve(report, "Carl", "Owner")
    forgery(report)
    resealed(report)
    assert state(report)[0] == "tampered", state(report)


def test_a_report_painted_green_with_a_new_seal_is_tampered(project: Project) -> None:
    from validation import report_write

    project.sql("prefect", "update fct_pay set bonus = 99 where employee = 'E7'")
    project.decide()
    say(project)
    file = folder(project) / "report.json"
    painted = json.loads(file.read_text()) | {"verdict": "green", "reasons": []}
    files.write_json(file, painted)
    report_write.render(folder(project), report_write.load(folder(project)), ())
    found, _, why = state(project)
    assert found == "tampered"
    assert "it says green" in why[0]


def test_nothing_is_signed_on_a_tampered_report(report: Project) -> None:
    approve(report)
    _name(report)
    before = (folder(report) / approvals.LOG).read_bytes()
    assert approve(report, "Bob", "Auditor")[0] == 1
    assert reject(report)[0] == 1
    assert (folder(report) / approvals.LOG).read_bytes() == before


def test_a_signature_copied_from_another_phase_is_no_signature(report: Project) -> None:
    approve(report)
    log = folder(report) / approvals.LOG
    record = json.loads(log.read_text()) | {"report_sha256": "0" * 64}
    log.write_text(json.dumps(record) + "\n")
    resealed(report)
    assert "not the report that was signed" in state(report)[2][0]


def test_a_sign_off_that_rests_on_a_waiver_is_stale_once_it_expires(project: Project) -> None:
    waiver = '\n[[waivers]]\ngate = "parity"\noutput = "fct_pay"\ncolumn = "bonus"\nowner = "Ada"\n'
    project.settings(waiver + f'reason = "agreed"\nexpires = {dt.date.today() + dt.timedelta(days=3)}\n')
    project.sql("prefect", "update fct_pay set bonus = 99 where employee = 'E7'")
    assert project.decide(dt.date.today()).verdict == "green"
    assert say(project)[0] == 0
    assert state(project)[0] == "intact"
    found, _, why = state(project, dt.date.today() + dt.timedelta(days=4))
    assert found == "stale"
    assert "the waiver for parity fct_pay/*/bonus expired on" in why[0]


def test_two_who_sign_at_once_get_two_records(report: Project) -> None:
    from concurrent.futures import ThreadPoolExecutor

    about = {"phase": "1", "verdict": "green", "run": "r", "sha256": "0" * 64}

    def one(number: int) -> None:
        approvals.append(folder(report), "approved", about, by=f"P{number}", role="x")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, range(16)))
    assert list(approvals.breaks(folder(report))) == []
    assert len(approvals.read(folder(report))) == 16


def test_the_run_behind_a_signature_may_not_be_swapped(report: Project) -> None:
    approve(report)
    shutil.rmtree(report.run / "gx")
    assert state(report)[0] == "stale"


def test_the_chain_alone_names_the_line_after_the_edited_one(report: Project) -> None:
    approve(report)
    reject(report)
    assert list(approvals.breaks(folder(report))) == []
    _name(report)
    assert list(approvals.breaks(folder(report))) == ["line 2 does not follow from the line before it"]
