/** For the screens of stock and tax: the most outdated stock first, and each order whose tax differs with what it is rolled up by. */

export const panels = `
CREATE INDEX stock_state_behind ON stock_state (pair, behind_since, sku, location) WHERE behind_since IS NOT NULL;
CREATE INDEX stock_state_by_location ON stock_state (pair, location, sku);

-- one row an order while its tax differs between shop and ERP, whether it has an incident of its own or is part of one
CREATE TABLE tax_variance (
  pair TEXT NOT NULL REFERENCES pair (id) ON DELETE CASCADE,
  number TEXT NOT NULL,
  currency TEXT NOT NULL,
  -- shop less ERP
  minor INTEGER NOT NULL,
  cause TEXT NOT NULL,
  -- '' where the order does not say
  market TEXT NOT NULL,
  product_type TEXT NOT NULL,
  shipping TEXT NOT NULL,
  exemption TEXT NOT NULL,
  PRIMARY KEY (pair, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX tax_variance_by_weight ON tax_variance (pair, currency, abs(minor) DESC, number);

-- what differed before this file had the table is judged once more
INSERT OR IGNORE INTO not_judged (pair, rule, subject_kind, subject_connection, subject_key, why, until)
  SELECT incident.pair, '', 'order', incident.subject_connection, incident.subject_key, 'waits to be judged', 0
  FROM incident JOIN pair ON pair.id = incident.pair
  WHERE incident.rule = 'F05-tax-differs' AND incident.state != 'resolved' AND incident.subject_kind = 'order'
  UNION
  SELECT part.pair, '', 'order', pair.shop, part.subject_key, 'waits to be judged', 0
  FROM incident_part AS part JOIN pair ON pair.id = part.pair WHERE part.rule = 'F05-tax-differs';
`
