"""A spreadsheet job whose model process ends: what is written again, what is given up, when the job ends."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from engine.domain import Channel, ComposeResult, Draft, StopReason, Timing
from engine.errors import WorkerCrashed
from engine.progress import Ticket
from engine.usecases.batch import CRASHES_ALONE, CRASHES_AMONG_OTHERS, CRASHING_ROW, ROW_PROBLEMS, Batch, BatchOptions


class Composer:
    """Writes one draft a row; the rows in ``crashing`` end the process so many times (-1: always)."""

    def __init__(self, crashing: dict[str, int]) -> None:
        self.crashing, self.asked = dict(crashing), Counter[str]()

    def compose(self, request, listener, ticket):
        name = request.brief.product
        self.asked[name] += 1
        if self.crashing.get(name, 0):
            self.crashing[name] -= 1
            raise WorkerCrashed(-9)
        return ComposeResult(request, (Draft(0, f"写{name}", 3, 1, StopReason.END, -1.0),), Timing(), "m", 1)


@pytest.fixture
def files(tmp_path):
    source = tmp_path / "商品.csv"
    source.write_text("商品名称\n" + "".join(f"裙{n}\n" for n in range(20)), encoding="utf-8")
    return source, tmp_path / "文案.csv"


def run(composer, files, **more):
    options = BatchOptions((Channel.TITLE,), **more)
    return Batch(lambda: composer).run(*files, options, Ticket(), lambda _r, _p: None)


def written(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))[1:]


def test_rows_whose_process_ended_are_written_again_and_stand_there_once(files):
    composer = Composer({f"裙{n}": n % 3 for n in range(20)})
    report = run(composer, files)
    rows = written(files[1])
    assert len(rows) == len({row[0] for row in rows}) == report.progress.done == 20
    assert not report.problems and all("完成" in row for row in rows)


def test_only_a_row_that_ends_the_process_alone_is_given_up(files):
    composer = Composer({"裙3": -1})
    report = run(composer, files)
    assert [reason for _, reason in report.problems] == [CRASHING_ROW]
    assert composer.asked["裙3"] == CRASHES_AMONG_OTHERS + CRASHES_ALONE
    assert len(written(files[1])) == 20


def test_a_process_that_never_lives_ends_the_job_and_it_can_be_resumed(files):
    with pytest.raises(WorkerCrashed):
        run(Composer({f"裙{n}": -1 for n in range(20)}), files)
    report = run(Composer({}), files, resume=True)
    assert report.progress.done == 20 and len(written(files[1])) == 20


def test_a_row_without_a_name_is_no_product_and_the_table_says_so_in_words(files):
    files[0].write_text("商品名称,材质\n裙,雪纺\n,棉\n", encoding="utf-8")
    report = run(Composer({}), files)
    assert report.problems == ((3, "no_name"),)
    assert written(files[1])[1][-1] == ROW_PROBLEMS["no_name"]
