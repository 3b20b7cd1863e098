"""Spreadsheet jobs, resumable row by row: after a crash every row that was running is waiting again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from engine.domain.records import Job, JobProgress, JobRow, JobState
from engine.errors import NotFound
from engine.ports import Clock
from engine.store.codec import time_or_none, to_time
from engine.store.schema import TABLES
from engine.store.session import Session

JOB, ROW = TABLES["job"], TABLES["job_row"]


class Jobs:
    """The part of the store that is about jobs; every call is committed when it returns."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self._session, self._clock = session, clock

    def add(self, job: Job, sources: Iterable[str]) -> int:
        """Keep a job with all its rows (JSON texts, numbered from 0) at once; returns its number."""
        now = to_time(self._clock.now())
        values = {"kind": job.kind, "title": job.title, "settings": job.settings, "state": job.state.value}
        with self._session.transaction():
            job_id = int(self._session.run(JOB.insert(**{**values, "created_at": now, "updated_at": now})))
            for number, source in enumerate(sources):
                self._session.run(
                    ROW.insert(
                        **{
                            "job_id": job_id,
                            "number": number,
                            "source": source,
                            "state": "waiting",
                            "result": "",
                            "error": "",
                        }
                    )
                )
        return job_id

    def get(self, job_id: int) -> Job:
        """One job; raises ``NotFound``."""
        row = self._session.row(JOB.select().where(JOB.id == job_id))
        if row is None:
            raise NotFound("job", str(job_id))
        return _job(row)

    def all(self) -> list[Job]:
        """Every job, newest first."""
        return [_job(row) for row in self._session.rows(JOB.select().order_by(JOB.id.desc()))]

    def unfinished(self) -> list[Job]:
        """Jobs that can be resumed, newest first."""
        return [job for job in self.all() if job.state in (JobState.WAITING, JobState.RUNNING, JobState.PAUSED)]

    def set_state(self, job_id: int, state: JobState) -> None:
        """Move a job on; raises ``NotFound``."""
        values = {"state": state.value, "updated_at": to_time(self._clock.now())}
        if not self._session.run(JOB.update(**values).where(JOB.id == job_id)):
            raise NotFound("job", str(job_id))

    def rows(self, job_id: int, *, limit: int = -1, offset: int = 0) -> list[JobRow]:
        """Rows of a job in their order."""
        query = ROW.select().where(ROW.job_id == job_id).order_by(ROW.number).limit(limit).offset(offset)
        return [_row(row) for row in self._session.rows(query)]

    def waiting_rows(self, job_id: int, limit: int = 16) -> list[JobRow]:
        """The next rows to do."""
        query = ROW.select().where((ROW.job_id == job_id) & (ROW.state == "waiting")).order_by(ROW.number).limit(limit)
        return [_row(row) for row in self._session.rows(query)]

    def save_row(self, job_id: int, row: JobRow) -> None:
        """Keep what became of a row; raises ``NotFound``."""
        values = {"state": row.state.value, "result": row.result, "error": row.error, "request_id": row.request_id}
        if not self._session.run(ROW.update(**values).where((ROW.job_id == job_id) & (ROW.number == row.number))):
            raise NotFound("job row", f"{job_id}/{row.number}")

    def retry_failed(self, job_id: int) -> int:
        """Let the failed rows wait again; how many."""
        values = {"state": "waiting", "error": ""}
        return int(self._session.run(ROW.update(**values).where((ROW.job_id == job_id) & (ROW.state == "failed"))))

    def progress(self, job_id: int) -> JobProgress:
        """How many rows stand where."""
        counts = dict(
            self._session.sql("SELECT state, count(*) FROM job_row WHERE job_id = ? GROUP BY state", (job_id,))
        )
        return JobProgress(sum(counts.values()), counts.get("done", 0), counts.get("failed", 0))

    def recover(self) -> int:
        """After a start: rows and jobs that were running when the program ended wait again; how many rows."""
        with self._session.transaction():
            self._session.run(JOB.update(state="paused").where(JOB.state == "running"))
            return int(self._session.run(ROW.update(state="waiting").where(ROW.state == "running")))

    def delete(self, job_id: int) -> None:
        """Remove a job and its rows; the drafts that it made stay."""
        if not self._session.run(JOB.delete().where(JOB.id == job_id)):
            raise NotFound("job", str(job_id))


def _job(row: dict[str, Any]) -> Job:
    return Job(
        row["kind"],
        row["title"],
        row["settings"],
        JobState(row["state"]),
        row["id"],
        time_or_none(row["created_at"]),
        time_or_none(row["updated_at"]),
    )


def _row(row: dict[str, Any]) -> JobRow:
    return JobRow(row["number"], row["source"], JobState(row["state"]), row["result"], row["error"], row["request_id"])
