/** The eighth shape: what an order is of, beside what it costs, in the gist of each side. */

export const goods = `
-- a fingerprint of the units of each product, by the ERP's names; null where anything about the record is out of the ordinary
ALTER TABLE claim ADD COLUMN goods INTEGER;

-- claims of before know nothing of it: they are made anew
INSERT OR IGNORE INTO dirty (pair, snapshot) SELECT pair, snapshot FROM claim WHERE currency IS NOT NULL;
`
