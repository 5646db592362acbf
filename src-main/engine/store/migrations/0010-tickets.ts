/** The tenth shape: the support tickets that name an order. */

export const tickets = `
-- that somebody wrote, when and why; who wrote what stays in the help desk
CREATE TABLE ticket (
  pair TEXT NOT NULL REFERENCES pair (id) ON DELETE CASCADE,
  id TEXT NOT NULL,
  -- without the # that some write before it
  order_number TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  reason TEXT,
  link TEXT,
  read_at INTEGER NOT NULL,
  PRIMARY KEY (pair, id, order_number)
) STRICT, WITHOUT ROWID;
CREATE INDEX ticket_of_order ON ticket (pair, order_number);
CREATE INDEX ticket_by_age ON ticket (opened_at);
`
