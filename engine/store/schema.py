"""The tables: SQL of the first schema, and the same tables as Peewee query objects.

The SQL here and in ``migrations`` is the truth about the file; the ``Table`` objects only let queries be built. Nothing
outside ``engine.store`` may see either. Times are ISO 8601 texts in UTC with microseconds, so that they sort as text.
``draft_fts`` holds no text of its own (contentless): ready tokens, one row a draft, rowid = draft.id.
"""

from __future__ import annotations

from peewee import Table

SCHEMA_1 = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE product (
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, code TEXT NOT NULL DEFAULT '', brief TEXT NOT NULL,
  price_cents INTEGER, picture TEXT NOT NULL DEFAULT '', tags TEXT NOT NULL DEFAULT '[]',
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT);
CREATE INDEX product_name ON product (name);
CREATE VIRTUAL TABLE product_fts USING fts5(tokens, content='', contentless_delete=1, detail=none, tokenize='ascii');
CREATE TABLE request (
  id INTEGER PRIMARY KEY AUTOINCREMENT, record_key TEXT NOT NULL UNIQUE, product_id INTEGER REFERENCES product (id) ON DELETE SET NULL,
  product_name TEXT NOT NULL, brief TEXT NOT NULL, channel TEXT NOT NULL, task TEXT NOT NULL, settings TEXT NOT NULL,
  seed INTEGER NOT NULL, model_name TEXT NOT NULL, model_sha256 TEXT NOT NULL DEFAULT '', created_at TEXT NOT NULL,
  withdrawn_at TEXT);
CREATE INDEX request_product ON request (product_name);
CREATE INDEX request_product_id ON request (product_id);
CREATE INDEX request_created ON request (created_at);
CREATE TABLE draft (
  id INTEGER PRIMARY KEY AUTOINCREMENT, request_id INTEGER NOT NULL REFERENCES request (id) ON DELETE CASCADE,
  place INTEGER NOT NULL, text TEXT NOT NULL, tokens INTEGER NOT NULL, seed INTEGER NOT NULL, stop TEXT NOT NULL,
  logprob REAL NOT NULL, findings TEXT NOT NULL, score REAL, score_parts TEXT NOT NULL, rank INTEGER NOT NULL,
  covered TEXT NOT NULL, missed TEXT NOT NULL, edited_text TEXT, favourite INTEGER NOT NULL DEFAULT 0,
  tags TEXT NOT NULL DEFAULT '[]', created_at TEXT NOT NULL, deleted_at TEXT);
CREATE INDEX draft_request ON draft (request_id);
CREATE INDEX draft_deleted ON draft (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX draft_favourite ON draft (id) WHERE favourite = 1;
CREATE VIRTUAL TABLE draft_fts USING fts5(tokens, content='', contentless_delete=1, detail=none, tokenize='ascii');
CREATE TABLE version (
  draft_id INTEGER NOT NULL REFERENCES draft (id) ON DELETE CASCADE, number INTEGER NOT NULL, text TEXT NOT NULL,
  author TEXT NOT NULL, created_at TEXT NOT NULL, PRIMARY KEY (draft_id, number));
CREATE TABLE tag (
  draft_id INTEGER NOT NULL REFERENCES draft (id) ON DELETE CASCADE, name TEXT NOT NULL, PRIMARY KEY (draft_id, name));
CREATE INDEX tag_name ON tag (name);
CREATE TABLE feedback (
  draft_id INTEGER PRIMARY KEY REFERENCES draft (id) ON DELETE CASCADE, picked INTEGER NOT NULL DEFAULT 0, rating INTEGER,
  reasons TEXT NOT NULL DEFAULT '[]', note TEXT NOT NULL DEFAULT '', final_text TEXT, seconds_to_accept REAL,
  updated_at TEXT NOT NULL);
CREATE TABLE template (
  id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, version INTEGER NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT);
CREATE TABLE template_version (
  template_id INTEGER NOT NULL REFERENCES template (id) ON DELETE CASCADE, version INTEGER NOT NULL, body TEXT NOT NULL,
  created_at TEXT NOT NULL, PRIMARY KEY (template_id, version));
CREATE TABLE voice (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, body TEXT NOT NULL, updated_at TEXT NOT NULL);
CREATE TABLE audience (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, body TEXT NOT NULL, updated_at TEXT NOT NULL);
CREATE TABLE job (
  id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, title TEXT NOT NULL, settings TEXT NOT NULL, state TEXT NOT NULL,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL);
CREATE TABLE job_row (
  job_id INTEGER NOT NULL REFERENCES job (id) ON DELETE CASCADE, number INTEGER NOT NULL, source TEXT NOT NULL, state TEXT NOT NULL,
  result TEXT NOT NULL DEFAULT '', error TEXT NOT NULL DEFAULT '', request_id INTEGER REFERENCES request (id) ON DELETE SET NULL,
  PRIMARY KEY (job_id, number));
CREATE INDEX job_row_request ON job_row (request_id);
CREATE TABLE campaign (
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, channel TEXT, note TEXT NOT NULL DEFAULT '', started_at TEXT, ended_at TEXT);
CREATE TABLE result (
  id INTEGER PRIMARY KEY AUTOINCREMENT, campaign_id INTEGER NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
  draft_id INTEGER REFERENCES draft (id) ON DELETE SET NULL, shown INTEGER NOT NULL, clicks INTEGER NOT NULL,
  orders INTEGER NOT NULL, revenue_cents INTEGER NOT NULL, measured_at TEXT NOT NULL);
CREATE INDEX result_draft ON result (draft_id);
CREATE INDEX result_campaign ON result (campaign_id);
CREATE TABLE consent (
  id INTEGER PRIMARY KEY AUTOINCREMENT, version TEXT NOT NULL, scope TEXT NOT NULL, given_at TEXT NOT NULL, withdrawn_at TEXT);
CREATE TABLE withdrawal (record_key TEXT PRIMARY KEY, withdrawn_at TEXT NOT NULL);
CREATE TABLE blob (name TEXT PRIMARY KEY, data BLOB NOT NULL, updated_at TEXT NOT NULL);
"""

CAMPAIGN_VERSIONS = """
ALTER TABLE campaign ADD COLUMN plan TEXT NOT NULL DEFAULT '{}';
ALTER TABLE campaign ADD COLUMN deleted_at TEXT;
ALTER TABLE result ADD COLUMN code TEXT NOT NULL DEFAULT '';
CREATE TABLE campaign_version (
  campaign_id INTEGER NOT NULL REFERENCES campaign (id) ON DELETE CASCADE, code TEXT NOT NULL,
  draft_id INTEGER NOT NULL REFERENCES draft (id) ON DELETE CASCADE, PRIMARY KEY (campaign_id, code));
CREATE INDEX campaign_version_draft ON campaign_version (draft_id);
"""

PRODUCT_PICTURES = """
CREATE TABLE product_picture (
  product_id INTEGER PRIMARY KEY REFERENCES product (id) ON DELETE CASCADE, data BLOB NOT NULL, updated_at TEXT NOT NULL);
"""

TABLE_COLUMNS: dict[str, tuple[str, ...]] = {
    "meta": ("key", "value"),
    "product": ("id", "name", "code", "brief", "price_cents", "picture", "tags", "created_at", "updated_at", "deleted_at"),
    "product_picture": ("product_id", "data", "updated_at"),
    "request": (
        "id", "record_key", "product_id", "product_name", "brief", "channel", "task", "settings", "seed", "model_name",
        "model_sha256", "created_at", "withdrawn_at",
    ),
    "draft": (
        "id", "request_id", "place", "text", "tokens", "seed", "stop", "logprob", "findings", "score", "score_parts", "rank",
        "covered", "missed", "edited_text", "favourite", "tags", "created_at", "deleted_at",
    ),
    "version": ("draft_id", "number", "text", "author", "created_at"),
    "tag": ("draft_id", "name"),
    "feedback": ("draft_id", "picked", "rating", "reasons", "note", "final_text", "seconds_to_accept", "updated_at"),
    "template": ("id", "key", "version", "updated_at", "deleted_at"),
    "template_version": ("template_id", "version", "body", "created_at"),
    "voice": ("id", "name", "body", "updated_at"),
    "audience": ("id", "name", "body", "updated_at"),
    "job": ("id", "kind", "title", "settings", "state", "created_at", "updated_at"),
    "job_row": ("job_id", "number", "source", "state", "result", "error", "request_id"),
    "campaign": ("id", "name", "channel", "note", "started_at", "ended_at", "plan", "deleted_at"),
    "campaign_version": ("campaign_id", "code", "draft_id"),
    "result": ("id", "campaign_id", "draft_id", "shown", "clicks", "orders", "revenue_cents", "measured_at", "code"),
    "consent": ("id", "version", "scope", "given_at", "withdrawn_at"),
    "withdrawal": ("record_key", "withdrawn_at"),
    "blob": ("name", "data", "updated_at"),
}  # fmt: skip
"""Every table with its columns, parents before children; the export and the salvage walk it."""

TABLES: dict[str, Table] = {name: Table(name, columns) for name, columns in TABLE_COLUMNS.items()}

MATERIAL_TABLES = tuple(name for name in TABLE_COLUMNS if name not in ("meta", "blob"))
"""Tables whose rows a person would want to see in an export."""

PIXELS = {"product_picture": ("data",)}
"""Columns that an export of texts leaves out: their content goes into it as files."""
