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
INSERT INTO request VALUES (1, 'aaaaaaaaaaaaaaaaaaaaaaaa', NULL, '旧店商品', '{"product":"旧店商品"}', 'title', 'compose', '{"count":4,"seed":null,"length":null,"domain":"general","voice_id":null,"must_say":[],"never_say":[],"sampling":{"temperature":0.5}}', 1, 'shop-1', '', '2026-01-01T00:00:00.000000+00:00', NULL);
INSERT INTO draft VALUES (1, 1, 0, '旧店文案', 4, 1, 'end', -1.0, '[]', NULL, '[]', 0, '[]', '[]', NULL, 0, '[]', '2026-01-01T00:00:00.000000+00:00', NULL);
INSERT INTO draft_fts (rowid, tokens) VALUES (1, '旧店 店文 文案');
CREATE INDEX draft_live ON draft (id, request_id) WHERE deleted_at IS NULL AND rank >= 0;
ALTER TABLE campaign ADD COLUMN plan TEXT NOT NULL DEFAULT '{}';
ALTER TABLE campaign ADD COLUMN deleted_at TEXT;
ALTER TABLE result ADD COLUMN code TEXT NOT NULL DEFAULT '';
CREATE TABLE campaign_version (
  campaign_id INTEGER NOT NULL REFERENCES campaign (id) ON DELETE CASCADE, code TEXT NOT NULL,
  draft_id INTEGER NOT NULL REFERENCES draft (id) ON DELETE CASCADE, PRIMARY KEY (campaign_id, code));
CREATE INDEX campaign_version_draft ON campaign_version (draft_id);
INSERT INTO campaign VALUES (1, '旧店活动', NULL, '', '2026-01-01T00:00:00.000000+00:00', NULL, '{"brief":{"product":"旧店商品"},"goals":["click"],"channels":["sms"],"audiences":[],"each":1,"voice_id":null}', NULL);
INSERT INTO campaign_version VALUES (1, 'C01', 1);
INSERT INTO result VALUES (1, 1, 1, 100, 5, 1, 0, '2026-01-02T00:00:00.000000+00:00', 'C01');
CREATE TABLE product_picture (
  product_id INTEGER PRIMARY KEY REFERENCES product (id) ON DELETE CASCADE, data BLOB NOT NULL, updated_at TEXT NOT NULL);
INSERT INTO product VALUES (1, '旧店商品', '', '{"product":"旧店商品"}', NULL, '', '[]', '2026-01-01T00:00:00.000000+00:00', '2026-01-01T00:00:00.000000+00:00', NULL);
INSERT INTO product_picture VALUES (1, x'FFD8FFD9', '2026-01-01T00:00:00.000000+00:00');
PRAGMA user_version = 4;
