/** The fourth shape: how passes and calls went over time, when we were awake, and by what a flow shows that it lives. */

export const flows = `
-- passes that came to their end, by the hour: longer ago than passes themselves are kept
CREATE TABLE pass_hour (
  connection TEXT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
  stream TEXT NOT NULL,
  hour INTEGER NOT NULL,
  passes INTEGER NOT NULL,
  took_ms INTEGER NOT NULL,
  PRIMARY KEY (connection, stream, hour)
) STRICT, WITHOUT ROWID;

-- what became of the exchanges with a platform, by the minute: 'ok' or a class of faults; beside them 'time-out' and 'again'
CREATE TABLE call_minute (
  connection TEXT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
  minute INTEGER NOT NULL,
  what TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (connection, minute, what)
) STRICT, WITHOUT ROWID;

-- when this monitor was awake: between two rows it was blind
CREATE TABLE watch (
  began_at INTEGER PRIMARY KEY,
  until INTEGER NOT NULL
) STRICT;

CREATE INDEX incident_by_parent ON incident (parent) WHERE parent IS NOT NULL;

-- when the shop's own figure moved to it: a sign that the sync lives, which agreeing by chance is not
ALTER TABLE stock_change ADD COLUMN shown_at INTEGER;
CREATE INDEX stock_change_shown ON stock_change (pair, shown_at) WHERE shown_at IS NOT NULL;
`
