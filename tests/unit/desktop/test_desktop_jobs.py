"""Jobs: results come home on the window's thread, lanes run one at a time, stopping shows nothing, threads end."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from desktop.jobs import Job, Jobs, Lane
from engine.errors import ModelMissing


@pytest.fixture
def failures() -> list[Exception]:
    return []


@pytest.fixture
def jobs(qapp, failures) -> Iterator[Jobs]:
    made = Jobs(failures.append)
    yield made
    made.close()


def test_a_result_comes_home_on_the_windows_thread(qtbot, jobs) -> None:
    seen = []
    jobs.ask(Lane.STORE, threading.get_ident, lambda there: seen.append((there, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(seen))
    there, here = seen[0]
    assert there != here == threading.get_ident()


def test_values_told_arrive_in_order_and_before_the_result(qtbot, jobs) -> None:
    seen = []
    job = Job(Lane.WRITING, lambda job: [job.tell(n) for n in range(50)], lambda _r: seen.append("done"))
    job.told = seen.append
    jobs.start(job)
    qtbot.waitUntil(lambda: "done" in seen)
    assert seen == [*range(50), "done"]


def test_one_lane_runs_one_job_at_a_time_and_lanes_do_not_wait_for_each_other(qtbot, jobs) -> None:
    gate, running, most = threading.Event(), [0], [0]

    def work(_job: Job) -> None:
        running[0] += 1
        most[0] = max(most[0], running[0])
        gate.wait(5)
        running[0] -= 1

    for _ in range(3):
        jobs.start(Job(Lane.STORE, work))
    seen = []
    jobs.ask(Lane.TEXT, lambda: 1, seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    gate.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert most == [1]


def test_a_stopped_job_shows_neither_result_nor_error(qtbot, jobs, failures) -> None:
    started, seen = threading.Event(), []

    def work(job: Job) -> None:
        started.set()
        while True:
            job.ticket.check()

    job = Job(Lane.WRITING, work, seen.append)
    job.ended = lambda: seen.append("ended")
    jobs.start(job)
    assert started.wait(5)
    job.cancel()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert seen == ["ended"] and not failures


def test_a_failure_goes_to_the_jobs_own_ear_or_to_the_common_one(qtbot, jobs, failures) -> None:
    def fail(_job: Job) -> None:
        raise ModelMissing("x")

    own: list[Exception] = []
    job = Job(Lane.STORE, fail)
    job.failed = own.append
    jobs.start(job)
    jobs.start(Job(Lane.STORE, fail))
    qtbot.waitUntil(lambda: not jobs.busy)
    assert [type(e) for e in own + failures] == [ModelMissing, ModelMissing]


def test_what_is_on_its_way_into_the_store_gets_there_before_closing(qapp) -> None:
    jobs, gate, kept = Jobs(lambda _error: None), threading.Event(), []
    jobs.ask(Lane.STORE, lambda: gate.wait(0.05))
    jobs.ask(Lane.STORE, lambda: kept.append("edit"))
    jobs.close()
    assert kept == ["edit"]


def test_closing_stops_what_runs_and_ends_every_thread(qapp) -> None:
    jobs = Jobs(lambda _error: None)
    before = threading.active_count()

    def work(job: Job) -> None:
        while True:
            job.ticket.check()

    jobs.start(Job(Lane.WRITING, work))
    jobs.start(Job(Lane.WRITING, work))
    jobs.close()
    assert threading.active_count() == before
    assert not jobs.busy
