/** The fifth shape: what a business day showed when it was last looked at, and what people declare on the audit page. */

export const daysAndDeclarations = `
-- days that somebody signs or has signed: looked at again and again, so that late facts are noticed without anybody asking
CREATE TABLE business_day (
  pair TEXT NOT NULL REFERENCES pair (id) ON DELETE CASCADE,
  day TEXT NOT NULL,
  -- when its records were last compared with the mark, and when every step was last worked out
  looked_at INTEGER NOT NULL,
  closed_at INTEGER NOT NULL,
  -- tells whether a record of the day came, went or changed since
  mark TEXT NOT NULL,
  -- by currency, in minor units
  figures_json TEXT NOT NULL,
  PRIMARY KEY (pair, day)
) STRICT, WITHOUT ROWID;

-- every answer that was ever given to a point of the audit page; the latest counts
CREATE TABLE audit_declaration (
  point TEXT NOT NULL,
  nth INTEGER NOT NULL,
  at INTEGER NOT NULL,
  answer TEXT NOT NULL,
  who TEXT NOT NULL,
  note TEXT,
  PRIMARY KEY (point, nth)
) STRICT, WITHOUT ROWID;
`
