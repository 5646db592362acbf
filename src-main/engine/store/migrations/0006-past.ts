/** What was known before: by which keys a record was found, how far streams were read, what incidents said. */

export const past = `
-- keys that a record had once: it is looked for under them when somebody asks what was known then
CREATE TABLE key_past (
  stream INTEGER NOT NULL REFERENCES stream (row) ON DELETE CASCADE,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  snapshot INTEGER NOT NULL,
  until INTEGER NOT NULL,
  PRIMARY KEY (stream, name, value, snapshot)
) STRICT, WITHOUT ROWID;
CREATE INDEX key_past_by_age ON key_past (until);

-- the same for order numbers that a record named
CREATE TABLE claim_past (
  pair TEXT NOT NULL REFERENCES pair (id) ON DELETE CASCADE,
  number TEXT NOT NULL,
  snapshot INTEGER NOT NULL REFERENCES snapshot (row) ON DELETE CASCADE,
  until INTEGER NOT NULL,
  PRIMARY KEY (pair, number, snapshot)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_past_of ON claim_past (snapshot);
CREATE INDEX claim_past_by_age ON claim_past (until);

-- from which of our moments on a stream was known to be complete in which interval; nulls: in none
CREATE TABLE covered_past (
  stream INTEGER NOT NULL REFERENCES stream (row) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  covered_from INTEGER,
  covered_to INTEGER,
  PRIMARY KEY (stream, at)
) STRICT, WITHOUT ROWID;
CREATE INDEX covered_past_by_age ON covered_past (at);

-- what an incident said before, from when on it said so until it said otherwise
CREATE TABLE incident_past (
  incident TEXT NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  said_from INTEGER NOT NULL,
  said_to INTEGER NOT NULL,
  state TEXT NOT NULL,
  severity TEXT NOT NULL,
  amount_minor INTEGER,
  amount_currency TEXT,
  cause TEXT,
  market TEXT,
  says TEXT NOT NULL,
  due_at INTEGER,
  opened_at INTEGER NOT NULL,
  PRIMARY KEY (incident, said_to)
) STRICT, WITHOUT ROWID;
CREATE INDEX incident_past_by_age ON incident_past (said_to);

-- since when an incident says what it says now
ALTER TABLE incident ADD COLUMN said_from INTEGER;
INSERT INTO incident_past (incident, said_from, said_to, state, severity, amount_minor, amount_currency, cause, market, says, due_at, opened_at)
  SELECT id, opened_at, resolved_at, 'open', severity, amount_minor, amount_currency, cause, market, says, due_at, opened_at
  FROM incident WHERE state = 'resolved' AND resolved_at > opened_at;
UPDATE incident SET said_from = COALESCE(resolved_at, opened_at);

-- the few that ask for something among the many that are over
CREATE INDEX incident_live_subject ON incident (pair, subject_kind, subject_connection, subject_key) WHERE state != 'resolved';
`
