/** The first shape of the file. Forward only: a shipped migration is never edited. */

export const first = `
CREATE TABLE connection (
  id TEXT PRIMARY KEY,
  platform TEXT NOT NULL,
  role TEXT NOT NULL,
  label TEXT NOT NULL,
  settings_json TEXT NOT NULL,
  secret_ref TEXT,
  secret_where TEXT,
  secret_set_at INTEGER,
  state TEXT NOT NULL DEFAULT 'new',
  state_since INTEGER,
  says TEXT,
  clock_offset_ms INTEGER,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE pair (
  id TEXT PRIMARY KEY,
  shop TEXT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
  erp TEXT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
  with_json TEXT NOT NULL,
  settings_json TEXT NOT NULL,
  -- raised with each change of the settings: every subject is judged anew
  revision INTEGER NOT NULL
) STRICT;

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value_json TEXT NOT NULL
) STRICT;

-- row: a short key for the many rows below
CREATE TABLE stream (
  row INTEGER PRIMARY KEY,
  connection TEXT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  cursor_json TEXT,
  -- where the last complete pass ended: what a cursor that turns out wrong falls back to
  good_cursor_json TEXT,
  covered_from INTEGER,
  covered_to INTEGER,
  -- snapshots that are not gone
  held INTEGER NOT NULL DEFAULT 0,
  -- the key of what new bodies are told by, and how many were held when it was chosen
  sample INTEGER,
  sampled_of INTEGER NOT NULL DEFAULT 0,
  UNIQUE (connection, name)
) STRICT;

CREATE TABLE pass (
  connection TEXT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
  stream TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER NOT NULL,
  records INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  complete INTEGER NOT NULL,
  faults_json TEXT NOT NULL,
  clock_offset_ms INTEGER
) STRICT;
CREATE INDEX pass_by_stream ON pass (connection, stream, started_at);

-- records of a stream that its bodies are told by; the key is made from what it names (bodies.ts)
CREATE TABLE sample (
  key INTEGER PRIMARY KEY,
  stream INTEGER NOT NULL REFERENCES stream (row) ON DELETE CASCADE,
  body_json TEXT NOT NULL
) STRICT;
CREATE INDEX sample_of ON sample (stream);

CREATE TABLE snapshot (
  row INTEGER PRIMARY KEY,
  stream INTEGER NOT NULL REFERENCES stream (row) ON DELETE CASCADE,
  id TEXT NOT NULL,
  hash BLOB NOT NULL,
  -- the record's business moment: placed, booked, shipped; null where it has none
  happened_at INTEGER,
  first_seen_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  gone_at INTEGER,
  body BLOB NOT NULL,
  UNIQUE (stream, id)
) STRICT;
-- with what is gone told apart, so that counting by the hour never looks at a record itself
CREATE INDEX snapshot_by_moment ON snapshot (stream, happened_at, gone_at);
-- with the row behind it: a stream in the order in which its records were first met
CREATE INDEX snapshot_by_stream ON snapshot (stream);
-- how many are held is asked with every look at a connection: counting a million each time would be felt
CREATE TRIGGER snapshot_is_held AFTER INSERT ON snapshot BEGIN
  UPDATE stream SET held = held + 1 WHERE row = NEW.stream;
END;
CREATE TRIGGER snapshot_is_gone AFTER UPDATE OF gone_at ON snapshot
  WHEN (OLD.gone_at IS NULL) != (NEW.gone_at IS NULL) BEGIN
  UPDATE stream SET held = held + iif(NEW.gone_at IS NULL, 1, -1) WHERE row = NEW.stream;
END;

-- goes with its stream; a snapshot's own keys are told by its body, so that no second index need say them
CREATE TABLE snapshot_key (
  stream INTEGER NOT NULL REFERENCES stream (row) ON DELETE CASCADE,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  snapshot INTEGER NOT NULL,
  PRIMARY KEY (stream, name, value, snapshot)
) STRICT, WITHOUT ROWID;

-- what a snapshot said before, from when it was first seen so until it was seen otherwise
CREATE TABLE snapshot_history (
  snapshot INTEGER NOT NULL REFERENCES snapshot (row) ON DELETE CASCADE,
  seen_from INTEGER NOT NULL,
  seen_to INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (snapshot, seen_to)
) STRICT, WITHOUT ROWID;
CREATE INDEX snapshot_history_by_age ON snapshot_history (seen_to);

-- rows that could not be read; their contents are not kept
CREATE TABLE quarantine (
  stream INTEGER NOT NULL REFERENCES stream (row) ON DELETE CASCADE,
  id TEXT NOT NULL,
  at INTEGER NOT NULL,
  path TEXT NOT NULL,
  says TEXT NOT NULL,
  PRIMARY KEY (stream, id)
) STRICT, WITHOUT ROWID;

-- records whose subjects are to be judged again, per pair; they go with the pair, as its connections' snapshots do
CREATE TABLE dirty (
  pair TEXT NOT NULL REFERENCES pair (id) ON DELETE CASCADE,
  snapshot INTEGER NOT NULL,
  PRIMARY KEY (pair, snapshot)
) STRICT, WITHOUT ROWID;

-- which records name which order number under a pair's reference pattern: the two sides of each order meet here
CREATE TABLE claim (
  pair TEXT NOT NULL REFERENCES pair (id) ON DELETE CASCADE,
  number TEXT NOT NULL,
  snapshot INTEGER NOT NULL REFERENCES snapshot (row) ON DELETE CASCADE,
  -- 0: the shop's, 1: the ERP's
  side INTEGER NOT NULL,
  -- the record's gist, what it says of money in whole minor units; null where anything about it is out of the ordinary
  currency TEXT,
  total_low INTEGER,
  total_high INTEGER,
  tax_low INTEGER,
  tax_high INTEGER,
  PRIMARY KEY (pair, number, snapshot)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_of ON claim (snapshot, pair);

CREATE TABLE incident (
  id TEXT PRIMARY KEY,
  -- '' for what belongs to a connection and to no pair
  pair TEXT NOT NULL,
  rule TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_connection TEXT NOT NULL,
  subject_key TEXT NOT NULL,
  severity TEXT NOT NULL,
  state TEXT NOT NULL,
  amount_minor INTEGER,
  amount_currency TEXT,
  cause TEXT,
  -- the market an amount belongs to, for roll-ups; a country or null
  market TEXT,
  says TEXT NOT NULL,
  evidence_json TEXT NOT NULL,
  due_at INTEGER,
  opened_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  resolved_at INTEGER,
  resolved_by TEXT,
  reopened_count INTEGER NOT NULL DEFAULT 0,
  parent TEXT,
  snoozed_until INTEGER,
  UNIQUE (pair, rule, subject_kind, subject_connection, subject_key)
) STRICT;
CREATE INDEX incident_by_state ON incident (state, severity, opened_at);
CREATE INDEX incident_live ON incident (rule, subject_key) WHERE state != 'resolved';
CREATE INDEX incident_by_subject ON incident (pair, subject_kind, subject_connection, subject_key);

CREATE TABLE incident_event (
  incident TEXT NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  what TEXT NOT NULL,
  who TEXT NOT NULL,
  says TEXT NOT NULL
) STRICT;
CREATE INDEX incident_event_of ON incident_event (incident, at);

CREATE TABLE not_judged (
  pair TEXT NOT NULL REFERENCES pair (id) ON DELETE CASCADE,
  rule TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_connection TEXT NOT NULL,
  subject_key TEXT NOT NULL,
  why TEXT NOT NULL,
  until INTEGER,
  PRIMARY KEY (pair, subject_kind, subject_connection, subject_key, rule)
) STRICT, WITHOUT ROWID;
CREATE INDEX not_judged_until ON not_judged (pair, until);

-- small differences of one cause that make one incident together, with count and sum
CREATE TABLE incident_part (
  pair TEXT NOT NULL REFERENCES pair (id) ON DELETE CASCADE,
  rule TEXT NOT NULL,
  whole TEXT NOT NULL,
  subject_key TEXT NOT NULL,
  minor INTEGER NOT NULL,
  currency TEXT NOT NULL,
  PRIMARY KEY (pair, subject_key, rule)
) STRICT, WITHOUT ROWID;
CREATE INDEX incident_part_of ON incident_part (pair, rule, whole);

CREATE TABLE out_of_scope (
  pair TEXT NOT NULL REFERENCES pair (id) ON DELETE CASCADE,
  subject_kind TEXT NOT NULL,
  subject_connection TEXT NOT NULL,
  subject_key TEXT NOT NULL,
  why TEXT NOT NULL,
  PRIMARY KEY (pair, subject_kind, subject_connection, subject_key)
) STRICT, WITHOUT ROWID;

-- each change of what a shop should show for one SKU at one location, and when the shop showed it
CREATE TABLE stock_change (
  pair TEXT NOT NULL REFERENCES pair (id) ON DELETE CASCADE,
  sku TEXT NOT NULL,
  location TEXT NOT NULL,
  -- from when on the ERP said so: its own stamp, else the read that met it
  at INTEGER NOT NULL,
  expected TEXT NOT NULL,
  -- whether a change was watched, or only the first figure was met
  observed INTEGER NOT NULL,
  settled_at INTEGER,
  -- the gap between the two reads that bracket the change
  resolution_ms INTEGER,
  PRIMARY KEY (pair, sku, location, at)
) STRICT, WITHOUT ROWID;
CREATE INDEX stock_change_open ON stock_change (pair, settled_at);

-- the latest judgement of each SKU at each location
CREATE TABLE stock_state (
  pair TEXT NOT NULL REFERENCES pair (id) ON DELETE CASCADE,
  sku TEXT NOT NULL,
  location TEXT NOT NULL,
  shop TEXT NOT NULL,
  expected TEXT NOT NULL,
  -- since when the shop is behind; null while both agree
  behind_since INTEGER,
  resolution_ms INTEGER,
  judged_at INTEGER NOT NULL,
  PRIMARY KEY (pair, sku, location)
) STRICT, WITHOUT ROWID;

-- units that the shop has sold and the ERP's stock does not know of yet
CREATE TABLE stock_waiting (
  pair TEXT NOT NULL REFERENCES pair (id) ON DELETE CASCADE,
  number TEXT NOT NULL,
  sku TEXT NOT NULL,
  location TEXT NOT NULL,
  quantity TEXT NOT NULL,
  PRIMARY KEY (pair, number, sku, location)
) STRICT, WITHOUT ROWID;
CREATE INDEX stock_waiting_by_sku ON stock_waiting (pair, sku, location);

CREATE TABLE stock_point (
  pair TEXT NOT NULL REFERENCES pair (id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  p50_ms INTEGER,
  p95_ms INTEGER,
  behind INTEGER NOT NULL,
  PRIMARY KEY (pair, at)
) STRICT, WITHOUT ROWID;

CREATE TABLE intent (
  id TEXT PRIMARY KEY,
  incident TEXT NOT NULL,
  pair TEXT NOT NULL,
  action TEXT NOT NULL,
  connection TEXT NOT NULL,
  target TEXT NOT NULL,
  key TEXT NOT NULL,
  state TEXT NOT NULL,
  guarantee TEXT NOT NULL,
  payload_json TEXT NOT NULL,
  preview_hash TEXT NOT NULL,
  amount_minor INTEGER,
  amount_currency TEXT,
  reason TEXT,
  says TEXT NOT NULL,
  target_id TEXT,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  moved_at INTEGER NOT NULL
) STRICT;
-- at most one live replay per target, whatever the code above believes
CREATE UNIQUE INDEX intent_live ON intent (connection, action, target)
  WHERE state IN ('confirmed', 'sending', 'absent', 'unclear');
-- the same by the key of what is replayed, should its name in the target change from one preview to the next
CREATE UNIQUE INDEX intent_live_key ON intent (connection, action, key)
  WHERE state IN ('confirmed', 'sending', 'absent', 'unclear');
CREATE INDEX intent_by_key ON intent (connection, action, key);
CREATE INDEX intent_by_incident ON intent (incident, created_at);
CREATE INDEX intent_by_state ON intent (state);

CREATE TABLE notice (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  severity TEXT NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  incidents_json TEXT NOT NULL,
  -- what it sums up, so that more of the same rule can join it while nobody has seen it
  rule TEXT NOT NULL,
  group_json TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  shown_at INTEGER
) STRICT;
CREATE INDEX notice_pending ON notice (shown_at, created_at);

CREATE TABLE audit (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  subject TEXT NOT NULL,
  before_json TEXT NOT NULL,
  after_json TEXT NOT NULL,
  why TEXT,
  trace TEXT,
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit BEGIN
  SELECT RAISE(ABORT, 'the audit trail is append-only');
END;
-- INSERT OR REPLACE would take a row's place without any DELETE that a trigger sees
CREATE TRIGGER audit_only_grows BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE seq >= NEW.seq) BEGIN
  SELECT RAISE(ABORT, 'the audit trail is append-only');
END;
-- REPLACE deletes without asking the trigger below
CREATE TRIGGER audit_never_replaces BEFORE INSERT ON audit
  WHEN EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq) BEGIN
  SELECT RAISE(ABORT, 'the audit trail is append-only');
END;
CREATE TRIGGER audit_never_shrinks BEFORE DELETE ON audit BEGIN
  SELECT RAISE(ABORT, 'the audit trail is append-only');
END;
`
