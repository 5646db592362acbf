/** The daily close: by which day a record is booked, and what was signed off. */

export const close = `
-- first capture of a shop order, the document's own day of an ERP order; null for what is booked on no day yet
ALTER TABLE snapshot ADD COLUMN booked_at INTEGER;
CREATE INDEX snapshot_by_booking ON snapshot (stream, booked_at) WHERE booked_at IS NOT NULL;

CREATE TABLE sign_off (
  pair TEXT NOT NULL REFERENCES pair (id) ON DELETE CASCADE,
  day TEXT NOT NULL,
  currency TEXT NOT NULL,
  signed_at INTEGER NOT NULL,
  signed_by TEXT NOT NULL,
  note TEXT,
  -- the figures that were signed: the day is open again once it would say others
  figures_json TEXT NOT NULL,
  reopened_at INTEGER,
  PRIMARY KEY (pair, day, currency)
) STRICT, WITHOUT ROWID;
`
