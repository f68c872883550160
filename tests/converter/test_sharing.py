"""Work shared by two processes: every piece is done, in its order, whatever becomes of the processes."""

from __future__ import annotations

import os
import time

import pytest

from migrate import sharing
from migrate.sharing import shared

PIECES = list(range(sharing.ENOUGH * 4))


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes, whatever threads earlier tests have left here (beside threads nothing is shared)."""
    monkeypatch.setattr(sharing, "workers", lambda: 2)
    monkeypatch.setattr(sharing, "threads", lambda: 1)


def _slowly(piece: int) -> tuple[int, int]:
    time.sleep(0.002)
    return piece, os.getpid()


def test_results_stand_in_the_order_of_the_pieces_and_both_processes_work(two, tmp_path):
    end = time.monotonic() + 60  # on a busy machine one process may have done all before the other begins

    def meets(piece: int) -> tuple[int, int]:
        (tmp_path / str(os.getpid())).touch()
        while len(list(tmp_path.iterdir())) < 2 and time.monotonic() < end:
            time.sleep(0.01)
        return piece, os.getpid()

    done = shared(meets, PIECES)

    assert [piece for piece, _ in done] == PIECES
    assert len({process for _, process in done}) == 2


def test_the_share_of_a_process_that_died_is_done_here(two):
    here = os.getpid()

    def dies_elsewhere(piece: int) -> int:
        if os.getpid() != here and piece > sharing.ENOUGH:
            os._exit(1)
        return _slowly(piece)[0]

    assert shared(dies_elsewhere, PIECES) == PIECES


def test_an_error_of_a_piece_is_raised_here(two):
    def refuses(piece: int) -> int:
        if piece == PIECES[-1]:
            raise ValueError("the last one")
        return _slowly(piece)[0]

    with pytest.raises(ValueError, match="the last one"):
        shared(refuses, PIECES)


def test_beside_other_threads_everything_is_done_here(two, monkeypatch):
    monkeypatch.setattr(sharing, "threads", lambda: 2)  # a copied process could wait for their locks for ever

    assert {process for _, process in shared(_slowly, PIECES)} == {os.getpid()}
