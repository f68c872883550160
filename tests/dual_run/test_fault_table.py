"""docs/dual-run-faults.md is what the fault tests' records make; a row nobody tests cannot stand in it."""

from __future__ import annotations

import fault_table


def test_the_page_is_what_the_records_make():
    assert fault_table.PAGE.read_text(encoding="utf-8") == fault_table.page(fault_table.read())


def test_each_row_is_some_tests_and_each_tests_row_is_there():
    assert {(row["fault"], row["side"]) for row in fault_table.read()} == fault_table.named()


def test_no_fault_costs_the_other_side_anything():
    assert {row["lost"].partition(" ")[0] for row in fault_table.read()} <= {"nothing"}
