"""Files are written whole or not at all; fingerprints see every byte and every name."""

from pathlib import Path

import pytest

from migrate.files import digest_tree, write_json, write_text


def test_a_failed_write_leaves_the_old_file_and_no_rest(tmp_path, monkeypatch):
    file = tmp_path / "report.json"
    write_text(file, "old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_text(file, "new")
    assert file.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["report.json"]


def test_json_is_readable_and_ends_in_a_newline(tmp_path):
    write_json(tmp_path / "a" / "b.json", {"name": "ü"})
    assert (tmp_path / "a" / "b.json").read_text(encoding="utf-8") == '{\n  "name": "ü"\n}\n'


def tree(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def test_a_tree_digest_sees_bytes_and_names_but_no_products(tmp_path):
    one = tree(tmp_path / "one", models__a="1", b="2")
    same = tree(tmp_path / "same", models__a="1", b="2", target__x="made", __pycache____y="made")
    other_byte = tree(tmp_path / "byte", models__a="1", b="3")
    other_name = tree(tmp_path / "name", models__a="1", c="2")
    moved = tree(tmp_path / "moved", a="1", b="2")
    assert digest_tree(one) == digest_tree(same)
    assert len({digest_tree(x) for x in (one, other_byte, other_name, moved)}) == 4
