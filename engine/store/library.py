"""What a shop sets up once and uses often: templates (versioned), brand voices, audiences."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, replace
from typing import Any

from engine.domain import Channel, Task, Tone
from engine.domain.preference import Audience, BrandVoice
from engine.domain.records import Template, Variable, VariableType
from engine.errors import NotFound
from engine.ports import Clock
from engine.store.codec import from_time, to_json, to_time
from engine.store.schema import TABLES
from engine.store.session import Session

TEMPLATE, TEMPLATE_VERSION, VOICE, AUDIENCE = (TABLES[n] for n in ("template", "template_version", "voice", "audience"))

OWN_COLUMNS = ("template_id", "voice_id", "audience_id", "version", "updated_at", "key")
"""Fields that columns of their own hold, so that the JSON body need not."""


class Templates:
    """Templates by key; saving one that exists makes its next version, the older ones stay."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self._session, self._clock = session, clock

    def save(self, template: Template) -> Template:
        """Keep a template (by its ``key``; a new one gets a random key); returns it with number and version."""
        key = template.key or secrets.token_hex(8)
        now = self._clock.now()
        with self._session.transaction():
            row = self._session.row(TEMPLATE.select().where(TEMPLATE.key == key))
            version = row["version"] + 1 if row else 1
            values = {"version": version, "updated_at": to_time(now), "deleted_at": None}
            if row:
                number = row["id"]
                self._session.run(TEMPLATE.update(**values).where(TEMPLATE.id == number))
            else:
                number = int(self._session.run(TEMPLATE.insert(**{"key": key, **values})))
            body = {"template_id": number, "version": version, "body": _body(template), "created_at": to_time(now)}
            self._session.run(TEMPLATE_VERSION.insert(**body))
        return replace(template, key=key, template_id=number, version=version, updated_at=now)

    def all(self) -> list[Template]:
        """Every template in its latest version, by title."""
        rows = self._rows("template.deleted_at IS NULL AND v.version = template.version", ())
        return sorted(rows, key=lambda template: template.title)

    def get(self, key: str, version: int | None = None) -> Template:
        """One template, in its latest or in an older version; raises ``NotFound``."""
        found = self._rows("template.key = ? AND v.version = coalesce(?, template.version)", (key, version))
        if not found:
            raise NotFound("template", key)
        return found[0]

    def versions(self, key: str) -> list[Template]:
        """All versions, the first one first."""
        return self._rows("template.key = ?", (key,))

    def delete(self, key: str) -> None:
        """Put a template away; ``save`` with the same key (or ``undelete``) brings it back."""
        self._mark(key, to_time(self._clock.now()))

    def undelete(self, key: str) -> None:
        """Fetch a deleted template back."""
        self._mark(key, None)

    def _mark(self, key: str, moment: str | None) -> None:
        if not self._session.run(TEMPLATE.update(deleted_at=moment).where(TEMPLATE.key == key)):
            raise NotFound("template", key)

    def _rows(self, where: str, values: tuple[Any, ...]) -> list[Template]:
        text = (
            "SELECT template.id, template.key, v.version, v.body, v.created_at FROM template "
            f"JOIN template_version v ON v.template_id = template.id WHERE {where} ORDER BY template.id, v.version"
        )
        return [_template(row) for row in self._session.sql(text, values)]


class Voices:
    """Brand voices by number."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self._shelf = Shelf(session, clock, "voice")

    def save(self, voice: BrandVoice) -> BrandVoice:
        """Keep a voice, new (number 0) or changed; returns it with its number."""
        number, now = self._shelf.save(voice.voice_id, voice.name, _body(voice))
        return replace(voice, voice_id=number, updated_at=now)

    def get(self, voice_id: int) -> BrandVoice:
        """One voice; raises ``NotFound``."""
        return _voice(self._shelf.get(voice_id))

    def all(self) -> list[BrandVoice]:
        """Every voice, by name."""
        return [_voice(row) for row in self._shelf.all()]

    def delete(self, voice_id: int) -> None:
        """Remove a voice; raises ``NotFound``."""
        self._shelf.delete(voice_id)

    def put_back(self, voice: BrandVoice) -> None:
        """Bring a removed voice back under its old number."""
        self._shelf.put_back(voice.voice_id, voice.name, _body(voice))


class Audiences:
    """Audiences by number."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self._shelf = Shelf(session, clock, "audience")

    def save(self, audience: Audience) -> Audience:
        """Keep an audience, new (number 0) or changed; returns it with its number."""
        number, now = self._shelf.save(audience.audience_id, audience.name, _body(audience))
        return replace(audience, audience_id=number, updated_at=now)

    def get(self, audience_id: int) -> Audience:
        """One audience; raises ``NotFound``."""
        return _audience(self._shelf.get(audience_id))

    def all(self) -> list[Audience]:
        """Every audience, by name."""
        return [_audience(row) for row in self._shelf.all()]

    def delete(self, audience_id: int) -> None:
        """Remove an audience; raises ``NotFound``."""
        self._shelf.delete(audience_id)

    def put_back(self, audience: Audience) -> None:
        """Bring a removed audience back under its old number."""
        self._shelf.put_back(audience.audience_id, audience.name, _body(audience))


class Shelf:
    """A table of named things with a JSON body."""

    def __init__(self, session: Session, clock: Clock, kind: str) -> None:
        self._session, self._clock, self._kind, self._table = session, clock, kind, TABLES[kind]

    def save(self, number: int, name: str, body: str) -> tuple[int, Any]:
        """Insert (number 0) or replace; the number and the time."""
        now = self._clock.now()
        values = {"name": name, "body": body, "updated_at": to_time(now)}
        if not number:
            return int(self._session.run(self._table.insert(**values))), now
        if not self._session.run(self._table.update(**values).where(self._table.id == number)):
            raise NotFound(self._kind, str(number))
        return number, now

    def get(self, number: int) -> dict[str, Any]:
        """One row; raises ``NotFound``."""
        row = self._session.row(self._table.select().where(self._table.id == number))
        if row is None:
            raise NotFound(self._kind, str(number))
        return row

    def all(self) -> list[dict[str, Any]]:
        """Every row, by name."""
        return self._session.rows(self._table.select().order_by(self._table.name, self._table.id))

    def delete(self, number: int) -> None:
        """Remove a row; raises ``NotFound``."""
        if not self._session.run(self._table.delete().where(self._table.id == number)):
            raise NotFound(self._kind, str(number))

    def put_back(self, number: int, name: str, body: str) -> None:
        """Insert a removed row under its old number; one that is there already stays as it is."""
        if self._session.row(self._table.select().where(self._table.id == number)) is None:
            now = to_time(self._clock.now())
            self._session.run(self._table.insert(id=number, name=name, body=body, updated_at=now))


def _body(thing: Template | BrandVoice | Audience) -> str:
    return to_json({name: value for name, value in asdict(thing).items() if name not in OWN_COLUMNS})


def _read_body(body: str) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in json.loads(body).items()}


def _template(row: tuple[Any, ...]) -> Template:
    number, key, version, body, created_at = row
    data = _read_body(body)
    variables = tuple(
        Variable(**{**item, "type": VariableType(item["type"]), "choices": tuple(item["choices"])})
        for item in data.pop("variables")
    )
    data.update(channel=Channel(data["channel"]), task=Task(data["task"]), tone=Tone(data["tone"]), variables=variables)
    return Template(**data, template_id=number, key=key, version=version, updated_at=from_time(created_at))


def _voice(row: dict[str, Any]) -> BrandVoice:
    return BrandVoice(**_read_body(row["body"]), voice_id=row["id"], updated_at=from_time(row["updated_at"]))


def _audience(row: dict[str, Any]) -> Audience:
    return Audience(**_read_body(row["body"]), audience_id=row["id"], updated_at=from_time(row["updated_at"]))
