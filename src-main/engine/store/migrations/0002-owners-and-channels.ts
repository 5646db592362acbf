/** The second shape: people who answer for incidents and by when, and the channels by which they are told. */

export const ownersAndChannels = `
CREATE TABLE person (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  email TEXT,
  calendar_json TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE role (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  calendar_json TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE role_member (
  role TEXT NOT NULL REFERENCES role (id) ON DELETE CASCADE,
  person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  PRIMARY KEY (role, person)
) STRICT, WITHOUT ROWID;

-- a person's or a role's id
ALTER TABLE incident ADD COLUMN owner TEXT;
-- 'rule' or 'person': what a person decided outlives a change of the rule's settings
ALTER TABLE incident ADD COLUMN owned_by TEXT NOT NULL DEFAULT 'rule';
ALTER TABLE incident ADD COLUMN sla_due_at INTEGER;
-- by when somebody must have reacted, else it is escalated; NULL: never
ALTER TABLE incident ADD COLUMN react_due_at INTEGER;
ALTER TABLE incident ADD COLUMN escalated_at INTEGER;
-- the severity that owner and deadline were worked out for; NULL: they must be worked out
ALTER TABLE incident ADD COLUMN duty_severity TEXT;
-- a person's own weight for it
ALTER TABLE incident ADD COLUMN severity_override TEXT;
-- the figures that a person has accepted; others open it again
ALTER TABLE incident ADD COLUMN accepted TEXT;
CREATE INDEX incident_by_owner ON incident (owner) WHERE state != 'resolved';
CREATE INDEX incident_unheard ON incident (react_due_at) WHERE state = 'open' AND escalated_at IS NULL;
CREATE INDEX incident_without_duty ON incident (id) WHERE state != 'resolved' AND duty_severity IS NOT severity;

-- what people did by hand around the evidence, for the count of exceptions
CREATE TABLE incident_override (
  incident TEXT NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  class TEXT NOT NULL,
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  why TEXT NOT NULL
) STRICT;
CREATE INDEX incident_override_of ON incident_override (incident, at);
CREATE INDEX incident_override_by_age ON incident_override (at);

-- the history of one rule, or of whatever else has one
CREATE INDEX audit_by_subject ON audit (subject, seq);

-- a way to tell somebody who is not looking: its secret is in the keychain
CREATE TABLE channel (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  label TEXT NOT NULL,
  settings_json TEXT NOT NULL,
  enabled INTEGER NOT NULL,
  secret_ref TEXT,
  secret_where TEXT,
  secret_set_at INTEGER,
  created_at INTEGER NOT NULL
) STRICT;

-- each message through a channel, and what became of it
CREATE TABLE delivery (
  id TEXT PRIMARY KEY,
  channel TEXT NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  -- what it is about, once: the same is never put there twice for one channel
  key TEXT NOT NULL,
  severity TEXT NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  incident TEXT,
  address TEXT,
  state TEXT NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER,
  says TEXT,
  created_at INTEGER NOT NULL,
  ended_at INTEGER,
  UNIQUE (channel, key)
) STRICT;
CREATE INDEX delivery_due ON delivery (next_at) WHERE state = 'waiting';
CREATE INDEX delivery_by_age ON delivery (created_at);

-- kept back in quiet hours, for the digest, or until it is known to last; NULL: told at once
ALTER TABLE notice ADD COLUMN held_until INTEGER;
`
