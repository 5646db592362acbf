/** A file of before the gist knew goods: claims that spoke of money are made anew, so that its orders can agree again. */
import Sqlite from 'better-sqlite3'
import { expect, it } from 'vitest'
import { migrate } from '../../../src-main/engine/store/migrate.ts'
import { monday } from '../../support/clock.ts'

it('marks what claimed an order with its money, and lets what was out of the ordinary lie', () => {
  const db = new Sqlite(':memory:')
  migrate(db, 4)
  db.exec(`
    INSERT INTO connection (id, platform, role, label, settings_json, created_at) VALUES ('shop', 'p', 'shop', 'Shop', '{}', 0), ('erp', 'p', 'erp', 'ERP', '{}', 0);
    INSERT INTO pair (id, shop, erp, with_json, settings_json, revision) VALUES ('pair', 'shop', 'erp', '[]', '{}', 1);
    INSERT INTO stream (row, connection, name) VALUES (1, 'shop', 'orders'), (2, 'erp', 'orders');
    INSERT INTO snapshot (row, stream, id, hash, first_seen_at, last_seen_at, body)
    VALUES (11, 1, 'ordinary', x'00', ${monday}, ${monday}, x'00'), (12, 2, 'ordinary', x'00', ${monday}, ${monday}, x'00'), (13, 2, 'draft', x'00', ${monday}, ${monday}, x'00');
    INSERT INTO claim (pair, number, snapshot, side, currency) VALUES ('pair', '1001', 11, 0, 'EUR'), ('pair', '1001', 12, 1, 'EUR'), ('pair', '1002', 13, 1, NULL);`)
  migrate(db)
  expect(db.prepare('SELECT snapshot FROM dirty ORDER BY snapshot').pluck().all()).toEqual([11, 12])
  expect(db.prepare('SELECT DISTINCT goods FROM claim').pluck().all()).toEqual([null])
  db.close()
})
