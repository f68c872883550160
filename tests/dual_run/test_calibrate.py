"""A side against itself: noise is told from defects by its values, and earns its settings."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import duckdb
import pytest

from migrate.config import Ignore, Tolerance, load
from migrate.errors import ConfigError
from shims.twice import Once
from validation.calibration.measure import measure
from validation.calibration.proposal import as_toml, write

START = dt.datetime(2025, 6, 1, 12, 0, tzinfo=dt.UTC)
PEOPLE = "from range(40) t(i)"


def once(folder: Path, name: str, hour: int, columns: str, also: str = "") -> Once:
    """A run of one minute, at that hour, that wrote table `pay` with these columns."""
    path = folder / f"{name}.duckdb"
    moment = START + dt.timedelta(hours=hour)
    text = columns.replace("{now}", f"'{moment:%Y-%m-%d %H:%M:30}'").replace("{run}", f"run-{name}")
    with duckdb.connect(str(path)) as connection:
        connection.execute("set timezone = 'UTC'")
        connection.execute(f"create table pay as select 2025 as year, i, {text} {PEOPLE} {also}")
    record = {"years": [{"run_id": f"run-{name}"}]}
    return Once(record, path, moment.isoformat(), (moment + dt.timedelta(minutes=1)).isoformat())


def calibrated(tiny, tmp_path: Path, left: str, right: str, also: str = ""):
    a, b = once(tmp_path, "a", 0, left), once(tmp_path, "b", 3, right, also)
    return measure(load(tiny.root), "dagster", (2025,), a, b, "2025-06-01")


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        ("{now}::timestamp + to_milliseconds(i) as c", None, "clock"),
        ("{now}::timestamptz as c", None, "clock"),
        ("{now} as c", None, "clock"),
        ("(epoch_ms({now}::timestamp) + i) as c", None, "clock"),
        ("gen_random_uuid() as c", None, "identifier"),
        ("gen_random_uuid()::varchar as c", None, "identifier"),
        ("'made by {run} for ' || i as c", None, "identifier"),
        ("[i, 2, 3] as c", "[3, i, 2] as c", "unordered"),
        ("i || ', b, c' as c", "'b, c, ' || i as c", "unordered"),
        ("1e6 / (i + 3) as c", "1e6 / (i + 3) * (1 + 1e-14) as c", "float"),
        ("i * 1.0::double as c", "i * 1.0::double + 1e-12 as c", "float"),
    ],
)
def test_noise_is_known_by_its_values_and_earns_a_setting_that_holds(tiny, tmp_path, left, right, kind):
    found = calibrated(tiny, tmp_path, left, right or left)
    (noisy,) = found.noisy
    assert (noisy.table, noisy.column, noisy.kind) == ("pay", "c", kind)
    assert found.defects == ()
    (setting,) = found.settings
    assert isinstance(setting, Tolerance if kind == "float" else Ignore)
    assert setting.reason.startswith("measured 2025-06-01, dagster against itself, 2025: ")
    assert "values differ" in setting.reason


@pytest.mark.parametrize(
    ("left", "right", "also"),
    [
        ("i as c", "i + (i = 7)::int as c", ""),
        ("i as c", "i as c", "where i < 39"),
        ("i * 1.0::double as c", "i * 1.001::double as c", ""),
        ("{now}::timestamp as c", "'2020-01-01'::timestamp as c", ""),
        ("case when i = 3 then null else i end as c", "case when i = 4 then null else i end as c", ""),
        ("'a, b' as c", "'a, c' as c", ""),
        ("'x' || i as c", "'y' || i as c", ""),
    ],
)
def test_anything_else_is_a_defect_with_rows(tiny, tmp_path, left, right, also):
    found = calibrated(tiny, tmp_path, left, right, also)
    (table,) = found.defects
    assert table.name == "pay"
    assert table.samples
    assert found.settings == ()


def test_noise_beside_a_defect_does_not_hide_it(tiny, tmp_path):
    found = calibrated(tiny, tmp_path, "{now}::timestamp as at, i as c", "{now}::timestamp as at, i + 1 as c")
    assert [(n.column, n.kind) for n in found.noisy] == [("at", "clock")]
    assert found.suspects == {"pay": ["c"]}
    assert found.defects[0].samples


def test_another_order_of_rows_is_no_difference(tiny, tmp_path):
    found = calibrated(tiny, tmp_path, "i as c", "i as c", "order by i desc")
    assert (found.defects, found.settings, found.reordered) == ((), (), ("pay",))


def test_what_is_allowed_already_is_not_proposed_again(tiny, tmp_path):
    allowed = '[[outputs.ignore]]\ntable = "p*"\ncolumn = "c"\nreason = "a person knows of it"\n\n'
    tiny.set("[phases.1]", f"{allowed}[phases.1]")
    found = calibrated(tiny, tmp_path, "i as c", "i + 1 as c")
    assert (found.settings, found.defects) == ((), ())


def test_writing_keeps_every_other_byte(tiny):
    file = tiny.root / "migration.toml"
    tiny.set("[phases.1]", "# the first phase\n[phases.1] # comment")
    before = file.read_text()
    settings = [
        Ignore(table="pay", column='a "b"', reason="measured: a clock"),
        Tolerance(table="pay", column="c", relative=1e-13, reason="measured: é"),
    ]
    write(file, settings)
    assert file.read_text().replace("\n" + as_toml(settings), "") == before
    assert file.read_text().index("[[outputs.tolerance]]") < file.read_text().index("# the first phase")
    outputs = load(tiny.root).outputs
    assert [i.column for i in outputs.ignore] == ['a "b"']
    assert [t.relative for t in outputs.tolerance] == [1e-13]
    write(file, [Ignore(table="other", column="d", reason="measured again")])
    assert [i.column for i in load(tiny.root).outputs.ignore] == ['a "b"', "d"]


def test_a_file_that_cannot_take_them_is_left_alone(tiny):
    inline = 'ignore = [{ column = "x", reason = "why it may differ" }]'
    tiny.set('year_column = "year"', f'year_column = "year"\n{inline}')
    before = (tiny.root / "migration.toml").read_text()
    with pytest.raises(ConfigError, match="cannot be written"):
        write(tiny.root / "migration.toml", [Ignore(table="pay", column="c", reason="measured: a clock")])
    assert (tiny.root / "migration.toml").read_text() == before


@pytest.mark.real
def test_dagster_against_dagster_earns_its_settings(tiny):
    tiny.set('FAULT_DAGSTER = "none"', 'FAULT_DAGSTER = "noisy"')
    done = tiny.migrate("calibrate", "--write", "--json")
    assert done.returncode == 0, done.stderr + done.stdout
    found = json.loads(done.stdout)
    assert {(n["table"], n["column"], n["kind"]) for n in found["noise"]} == {
        ("noise", "written_at", "clock"),
        ("noise", "id", "identifier"),
        ("noise", "salary", "float"),
    }
    outputs = load(tiny.root).outputs
    assert {i.column for i in outputs.ignore} == {"written_at", "id"}
    assert [t.column for t in outputs.tolerance] == ["salary"]
    folder = tiny.root / ".changeover" / "calibration" / "dagster"
    two = [str(folder / name / "out/plan.duckdb") for name in "ab"]
    same = tiny.migrate("parity", *two, "--config", "migration.toml")
    assert same.returncode == 0, same.stdout
