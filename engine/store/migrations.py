"""How an older file becomes a newer one: numbered steps, never edited once shipped, each in one transaction.

``user_version`` of the file is the number of the last step taken. Before the first step on a file with content a copy
is put aside (the caller's ``put_aside``); a step that fails leaves the file as it was. A file with a higher number than
the last step known is refused.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.errors import StoreTooNew
from engine.store.schema import CAMPAIGN_VERSIONS, PRODUCT_PICTURES, SCHEMA_1
from engine.store.session import Session

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: its number, why it was needed, and its statements (each ended by ``;`` at a line's end)."""

    number: int
    reason: str
    script: str


MIGRATIONS: tuple[Migration, ...] = (
    Migration(1, "The first schema: everything a shop's own work consists of.", SCHEMA_1),
    Migration(
        2,
        "A page deep in a long history was found by reading every draft before it; this index is what it walks now.",
        "CREATE INDEX draft_live ON draft (id, request_id) WHERE deleted_at IS NULL AND rank >= 0;\n",
    ),
    Migration(
        3,
        "A campaign was a name; now it has the plan of its versions, the drafts that were written for them, and results "
        "that come back by a version's code. It can be deleted and brought back.",
        CAMPAIGN_VERSIONS,
    ),
    Migration(
        4,
        "A product had a picture's file name at most; now a small copy of the picture lies in the encrypted file with it and "
        "goes when the product goes.",
        PRODUCT_PICTURES,
    ),
)


def migrate(session: Session, put_aside: Callable[[], object], steps: Sequence[Migration] = MIGRATIONS) -> int:
    """Bring the file up to the last step; returns how many steps were taken.

    Raises:
        StoreTooNew: the file knows more steps than this program.
        StoreUnusable: a step failed on the machine's account; the file is as it was before that step.
    """
    found = int(session.scalar("PRAGMA user_version"))
    known = steps[-1].number
    if found > known:
        raise StoreTooNew(found, known)
    due = [step for step in steps if step.number > found]
    if due and found > 0:
        put_aside()
    for step in due:
        with session.transaction():
            session.script(step.script)
            session.sql(f"PRAGMA user_version = {step.number}")
        logger.info("store migrated to version %d", step.number)
    return len(due)
