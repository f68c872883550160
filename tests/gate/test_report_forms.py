"""One report, four renderings and two for CI: all say the same, and none trusts the text it is given."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from migrate import files
from validation import job_summary, junit, report_html, report_markdown, report_pdf, report_write
from validation.commands.gate import gate
from validation.commands.sign_off import sign_off
from validation.report import (
    Beginning,
    FaultLine,
    HeatCell,
    HeatRow,
    Loss,
    Probe,
    Reason,
    Report,
    SelfTestPart,
)

if TYPE_CHECKING:
    from conftest import Project

HERE = Path(__file__).parent
NASTY = "a|b <script>alert(1)</script> `c` \N{SNOWMAN} \u4e2d"
CELL = HeatCell(2025, "equal", True, 100, 100, "", "")
LOST = HeatCell(2026, "different", False, 100, 99, "1 row", "")
FAULTS = (FaultLine("one cell", 7, 1, 2, 0, "2: empty"),)
FULL = Report(
    project="Plan",
    phase="1",
    title="Proof",
    verdict="red",
    reasons=(Reason("parity", "fct_pay/2026", "1 row changed"), Reason("budget", "CPU", "1.30 of 1.00")),
    generated="2025-06-01T12:00:00+00:00",
    commit="c" * 40,
    config_sha256="d" * 64,
    versions={"changeover": "0.1.0"},
    dispositions={"converted": 2, "manual": 1},
    losses=(Loss("The catalogue", "There is none."),),
    parity=(
        HeatRow(
            "fct_pay", (CELL, replace(CELL, year=2026, verdict="different", passed=False, message="1 row"))
        ),
        HeatRow("seed", (HeatCell(None, "equal", True, 4, 4, "", ""),)),
    ),
    tables=(Probe("dagster: fct_pay rows", "at least 1 rows", "200 rows", True, ""),),
    self_test=SelfTestPart("2025-06-01", 0.875, 7, 8, 1.5, FAULTS, ("one cell in seed",)),
    began=(Beginning("stg_pay", "2026", ("pay",), ("fct_pay", "fct_sum")),),
    risks=("something to know",),
)


def test_markdown_is_the_one_that_was_reviewed() -> None:
    expected = HERE / "report.expected.md"
    assert report_markdown.render(FULL) == expected.read_text(encoding="utf-8")


def test_every_rendering_leads_with_the_verdict_and_its_reasons() -> None:
    for text in (report_html.render(FULL), report_markdown.render(FULL).replace("\\", "")):
        places = [text.index(words) for words in ("Red", "fct_pay/2026", "What was migrated")]
        assert places == sorted(places)
        for words in ("87.5", "It began in", "stg_pay", "one cell in seed", "There is none."):
            assert words in text


def test_text_of_a_project_stays_text_in_every_rendering() -> None:
    nasty = replace(FULL, title=NASTY, reasons=(Reason("parity", NASTY, NASTY),), risks=(NASTY,))
    assert "<script" not in report_html.render(nasty)
    text = report_markdown.render(nasty)
    assert not re.search(r"(?<!\\)<script", text)
    assert "a\\|b \\<script\\>" in text
    assert report_pdf.render(nasty)


def test_the_pdf_is_a_pdf_and_the_same_report_gives_the_same_bytes() -> None:
    one, two = report_pdf.render(FULL), report_pdf.render(FULL)
    assert one is not None
    assert one == two
    assert one.startswith(b"%PDF-")
    assert one.rstrip().endswith(b"%%EOF")
    assert report_pdf.render(replace(FULL, verdict="green", reasons=())) != one


@pytest.mark.parametrize(("years", "tables"), [(1, 0), (1, 81), (2, 5), (6, 81), (12, 3)])
def test_the_pdf_holds_reports_of_any_size(years: int, tables: int) -> None:
    cells = tuple(HeatCell(2025 + y, "equal", True, 10**9, 10**9, "", "") for y in range(years))
    rows = tuple(HeatRow(f"a_table_with_quite_a_long_name_{n}", cells) for n in range(tables))
    long = Reason("parity", "x" * 300, "why " * 900)
    assert report_pdf.render(replace(FULL, parity=rows, reasons=(long,) * 30))


def test_a_character_that_the_fonts_lack_is_not_lost() -> None:
    from validation.pdf_page import plain

    assert plain("✓ a\u4e2d–é") == "ok a[U+4E2D]–é"


def test_report_json_read_back_is_the_report(report: Project) -> None:
    folder = report.root / ".changeover" / "sign-off" / "phase-1"
    found = report_write.load(folder)
    assert json.loads(json.dumps(found.to_json())) == json.loads((folder / "report.json").read_text())


def _gate(project: Project, *more: str) -> tuple[int, str]:
    words = ["--phase", "1", "--config", str(project.config), "--json", *more]
    done = CliRunner().invoke(gate, words, standalone_mode=False)
    if done.exception:
        raise done.exception
    return done.return_value, done.output


def test_junit_and_summary_of_a_red_gate(project: Project, tmp_path: Path) -> None:
    project.sql("prefect", "update fct_pay set bonus = 99 where employee = 'E7' and simulation_year = 2026")
    xml, page = tmp_path / "out" / "gate.xml", tmp_path / "out" / "gate.md"
    assert _gate(project, "--junit", str(xml), "--summary", str(page))[0] == 1
    root = ElementTree.fromstring(xml.read_text())
    facts = json.loads((project.run / "gate.json").read_text())["facts"]
    assert int(root.get("tests", 0)) == len(facts) == len(root.findall("*/testcase"))
    assert (root.get("failures"), root.get("errors")) == ("1", "0")
    (failed,) = [case for case in root.findall("*/testcase") if case.find("failure") is not None]
    assert failed.get("name") == "fct_pay/2026"
    assert page.read_text().startswith("## ✗ Phase 1: Proof of concept is red")
    assert "**parity** · fct" in page.read_text()


def test_junit_and_summary_when_nothing_can_be_said(project: Project, tmp_path: Path) -> None:
    (project.run / "run.json").unlink()
    xml, page = tmp_path / "gate.xml", tmp_path / "gate.md"
    xml.write_text("an old verdict")
    assert _gate(project, "--junit", str(xml), "--summary", str(page))[0] == 2
    assert int(ElementTree.fromstring(xml.read_text()).get("failures", 0)) == 1
    assert "is cannot say" in page.read_text()


def test_sign_off_writes_for_ci_too(report: Project, tmp_path: Path) -> None:
    report.edit("equivalence", lambda found: found["counts"].update(assets=[5, 5]))
    xml, page = tmp_path / "s.xml", tmp_path / "s.md"
    words = ["--phase", "1", "--config", str(report.config), "--junit", str(xml), "--summary", str(page)]
    done = CliRunner().invoke(sign_off, words, standalone_mode=False)
    assert done.return_value == 1, done.exception
    cases = ElementTree.fromstring(xml.read_text()).findall("testsuite[@name='sign-off']/testcase")
    assert ".changeover/equivalence.json" in {case.get("name") for case in cases}
    assert "is red" in page.read_text()


def test_what_xml_cannot_hold_is_replaced() -> None:
    fact = {"gate": "g", "subject": "a\x00b\x1b[1m", "expected": "<e>", "observed": "&", "measure": 1.0}
    more = {"passed": False, "waiver": "", "detail": "\x0b", "evidence": ""}
    decided = {"phase": "1", "reasons": [], "facts": [fact | more]}
    case = ElementTree.fromstring(junit.render(decided)).find("*/testcase")
    assert case is not None
    assert case.get("name") == "a\ufffdb\ufffd[1m"


def test_a_summary_names_ten_reasons_and_counts_the_rest() -> None:
    reasons = [{"gate": "parity", "subject": f"t{n}", "message": "m"} for n in range(14)]
    decided = {"phase": "1", "verdict": "red", "run": "r", "gates": [], "waivers": [], "findings": []}
    decided["reasons"] = reasons
    text = job_summary.render(decided)
    assert len(re.findall(r"^- \*\*parity", text, re.MULTILINE)) == 10
    assert "and 4 more" in text


def test_the_files_are_whole_or_not_there(tmp_path: Path) -> None:
    files.write_bytes(tmp_path / "a" / "b.pdf", b"one")
    files.write_bytes(tmp_path / "a" / "b.pdf", b"two")
    assert [f.name for f in (tmp_path / "a").iterdir()] == ["b.pdf"]
    assert (tmp_path / "a" / "b.pdf").read_bytes() == b"two"
