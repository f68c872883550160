"""What Great Expectations imports and no fact needs is loaded when it is used, and then in full."""

import subprocess
import sys

import pytest

from validation.deferred import deferred

LOOK = """
import sys, validation.expectations
print([name for name in ("altair.vegalite", "scipy.stats._stats_py") if name in sys.modules])
import altair
from scipy import stats
print(altair.Chart.__name__, round(stats.norm.cdf(0), 3))
"""


def test_charts_and_distributions_wait_for_their_first_use():
    done = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, timeout=120)
    assert done.stdout == "[]\nChart 0.5\n", done.stdout + done.stderr


def test_a_module_that_is_not_there_is_missed_at_once_and_others_are_left_alone(tmp_path, monkeypatch):
    (tmp_path / "loud_later.py").write_text("VALUE = 1\nraise ValueError('executed')\n")
    (tmp_path / "loud_now.py").write_text("raise ValueError('executed')\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    before = list(sys.meta_path)
    with deferred("loud_later", "nowhere_at_all"):
        import loud_later

        with pytest.raises(ImportError):
            import nowhere_at_all  # noqa: F401
        with pytest.raises(ValueError, match="executed"):
            import loud_now  # noqa: F401
    assert sys.meta_path == before
    with pytest.raises(ValueError, match="executed"):
        _ = loud_later.VALUE
