"""What people do with the pages: by pointer, by keyboard, and with an address somebody sent."""

from __future__ import annotations

import csv
import io
from typing import Any

import reference_project as data

RUN = data.SIX_YEARS


def names(view: Any) -> list[str]:
    """The first column of the page's table."""
    return view.page.eval_on_selector_all(
        "tbody tr:not([hidden])", "rows => rows.map(r => r.cells[0].innerText)"
    )


def test_a_table_is_sorted_filtered_copied_and_downloaded(live: str, look: Any) -> None:
    view = look(live)
    view.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    view.go(f"parity/{RUN}.html")
    assert names(view)[0] == "fct_employer_match"
    button = view.page.locator("thead button", has_text="Rows Dagster")
    button.click()
    button.click()
    assert view.page.locator("th[aria-sort='descending']").inner_text().startswith("Rows Dagster")
    rows = view.page.eval_on_selector_all(
        "tbody tr", "rows => rows.map(r => Number(r.cells[r.cells.length - 3].innerText.replaceAll(',', '')))"
    )
    assert rows == sorted(rows, reverse=True)
    assert rows[0] > rows[-1]
    view.page.fill("#filter-parity", "employer_match")
    assert sorted(names(view)) == [
        "fct_employer_match",
        "fct_participant_contributions",
        "int_employer_match_calculations",
    ]
    view.page.get_by_role("button", name="Copy the table parity").click()
    view.page.wait_for_selector("text=Copied")
    copied = view.page.evaluate("navigator.clipboard.readText()").splitlines()
    assert len(copied) == 4
    assert copied[1].split("\t")[0] in names(view)
    with view.page.expect_download() as download:
        view.page.get_by_role("button", name="Download the table parity as CSV").click()
    rows_ = list(csv.reader(io.StringIO(download.value.path().read_text(encoding="utf-8"))))
    assert rows_[0][0] == "Table"
    assert len(rows_) == 4


def test_what_a_spreadsheet_would_run_is_text_in_every_csv() -> None:
    from validation.dashboard.page import csv_page

    page = csv_page("x.csv", ("a",), iter([("=1+1",), ("-2",), ("plain",), (None,)]))
    assert page.data.decode().splitlines() == ["a", "'=1+1", "'-2", "plain", '""']


def test_find_by_keyboard_leads_to_what_is_named(live: str, look: Any) -> None:
    view = look(live)
    view.go("index.html")
    view.page.keyboard.press("/")
    view.page.keyboard.type("participant_contrib")
    view.page.wait_for_selector("#found [role=option] a")
    view.page.keyboard.press("Enter")
    view.page.wait_for_url("**/assets/fct_participant_contributions.html")
    assert "fct_employer_match: began in 2027, column employer_match" in view.text()
    assert "{{ ref('fct_employer_match') }}" in view.text()


def test_an_asset_of_python_shows_both_sides_code(live: str, look: Any) -> None:
    view = look(live)
    view.go("assets/census_profile.html")
    text = view.text()
    assert text.count("def census_profile(") == 2
    assert "@materialize" in text
    assert "dagster_legacy/planalign/assets/census.py:" in text
    assert "prefect_target/planalign/assets/census.py:" in text
    assert "shadow" in text


def test_the_graph_is_walked_by_keyboard_and_its_address_can_be_sent(live: str, look: Any) -> None:
    view = look(live)
    view.go("lineage.html#asset=fct_employer_match&depth=1&colour=parity")
    view.page.wait_for_selector("#nodes .chosen")
    assert view.page.locator("#nodes g").count() == 3
    view.page.focus("#graph")
    view.page.keyboard.press("ArrowRight")
    assert "fct_participant_contributions" in view.page.inner_text("#chosen")
    assert "Parity: different" in view.page.inner_text("#chosen")
    assert "asset=fct_participant_contributions" in view.page.url
    sent = look(live)
    sent.page.goto(view.page.url)
    sent.page.wait_for_selector("#nodes .chosen")
    assert sent.page.input_value("#asset") == "fct_participant_contributions"
    assert sent.page.input_value("#colour") == "parity"
    sent.page.focus("#graph")
    sent.page.keyboard.press("Enter")
    sent.page.wait_for_url("**/assets/fct_participant_contributions.html")


def test_groups_unfold_and_fold_by_pointer(live: str, look: Any) -> None:
    view = look(live)
    view.go("lineage.html")
    view.page.wait_for_selector("#nodes g")
    assert view.page.locator("#nodes g").count() == 8
    view.page.locator("#nodes g", has_text="marts (13)").click()
    assert "A group of 13 assets" in view.page.inner_text("#chosen")
    view.page.click("#chosen button")
    assert view.page.locator("#nodes g").count() == 20
    view.page.click("#unfold")
    assert view.page.locator("#nodes g").count() == 92
    view.page.select_option("#colour", "health")
    assert "1 failed" in view.page.inner_text("#legend")
    view.page.click("#fold")
    assert view.page.locator("#nodes g").count() == 8


def test_a_phone_shows_the_graph_above_what_is_chosen(live: str, look: Any) -> None:
    view = look(live, width=390)
    view.go("lineage.html#asset=fct_employer_match&depth=1")
    view.page.wait_for_selector("#nodes .chosen")
    graph, panel = (view.page.locator(name).bounding_box() for name in ("#graph", "#chosen"))
    assert graph["width"] > 350
    assert panel["y"] >= graph["y"] + graph["height"]
    view.go("evidence.html")
    assert view.page.locator("nav [aria-current]").bounding_box()["x"] < 330, "where one is can be seen"


def test_a_log_is_searched_on_the_server_and_without_one(live: str, exported: Any, look: Any) -> None:
    path = f"runs/{data.SECOND}.html"
    for address in (live, f"file://{exported}/"):
        view = look(address)
        view.go(path)
        view.page.click("text=dagster/side.err.log")
        view.page.wait_for_selector("#log li:visible")
        everything = view.page.locator("#log li:visible").count()
        view.page.fill("#q", "STEP_SUCCESS")
        view.page.keyboard.press("Enter")
        view.page.wait_for_selector("#matches:has-text('hold')")
        found = view.page.locator("#log li:visible")
        assert 0 < found.count() < everything
        assert all("step_success" in line.lower() for line in found.all_inner_texts())
        assert "q=STEP_SUCCESS" in view.page.url


def test_a_year_of_a_run_and_its_links(live: str, look: Any) -> None:
    view = look(live)
    view.go(f"runs/{RUN}/2028.html")
    assert view.page.locator("svg.gantt .serie-1 rect").count() > 20
    assert view.page.locator("svg.gantt .serie-2 rect").count() > 20
    links = view.page.eval_on_selector_all(
        "#ways ~ ul a, section[aria-labelledby=ways] a", "all => all.map(a => a.href)"
    )
    assert any(link.startswith("http://127.0.0.1:4200/runs/flow-run/") for link in links)
    assert any(link.startswith("http://127.0.0.1:3000/runs/") for link in links)


def test_the_theme_is_kept(live: str, look: Any) -> None:
    view = look(live)
    view.go("index.html")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = view.page.evaluate(ground)
    view.page.click("#theme")
    dark = view.page.evaluate(ground)
    assert light != dark
    view.go("runs.html")
    assert view.page.evaluate(ground) == dark


def test_a_retry_and_a_step_that_still_runs_are_told() -> None:
    from shims.ledger import Record
    from validation.dashboard.reading.ledger import Read
    from validation.dashboard.reading.steps import steps

    def at(second: int, what: str, side: str, **facts: Any) -> Record:
        return Record(f"2026-01-01T00:00:{second:02}+00:00", what, side, {"year": 2025, **facts})

    found = steps(
        Read(
            (
                at(0, "side_started", "dagster"),
                at(1, "step_started", "dagster", step="a"),
                at(2, "log", "dagster", step="a", message="up for retry"),
                at(5, "step_finished", "dagster", step="a", ok=True, seconds=1.0),
                at(0, "side_started", "prefect"),
                at(2, "step_started", "prefect", step="a"),
            )
        )
    )
    (pair,) = found.pairs
    assert pair.dagster
    assert pair.prefect
    assert (pair.dagster.start, pair.dagster.seconds, pair.dagster.tries) == (1.0, 4.0, 2)
    assert (pair.prefect.start, pair.prefect.seconds, pair.prefect.ok) == (2.0, None, None)
    assert pair.ratio is None


def test_a_chart_of_very_many_steps_shows_the_longest_in_their_order() -> None:
    from validation.dashboard.drawing.gantt import MOST, gantt, longest
    from validation.dashboard.reading.steps import Bar, Pair

    def pair(number: int) -> Pair:
        bar = Bar(f"step_{number}", "2025", number, 9.0 if number % 2 else 1.0, number != 7)
        return Pair(bar.step, bar.year, bar, bar if number == 9 else None)

    pairs = [pair(number) for number in range(2 * MOST)]
    kept = longest(pairs)
    assert [p.name for p in kept] == [f"step_{n}" for n in range(2 * MOST) if n % 2]
    drawn = gantt(kept, "words & more")
    assert drawn
    assert drawn.count("<title>") == MOST + 1
    assert "<title>Dagster: step_7, from 7.0 s, 9.00 s, failed</title>" in drawn
    failed = drawn.split('class="series serie-3')[1].split('class="series')[0]
    assert failed.count("<rect") == 1, "a series of its own"
    assert drawn.count("✗") == 1
    assert 'aria-label="words &amp; more"' in drawn
    assert "style" not in drawn
    assert "<script" not in drawn


def test_names_from_data_are_escaped_in_a_chart() -> None:
    from validation.dashboard.drawing.lines import lines

    drawn = lines(["<script>x"], {'<b onload="1">': [1.0]}, "", '"><img src=x>')
    assert "<script" not in drawn
    assert "<b" not in drawn
    assert "<img" not in drawn
