/**
 * The law of the store's queries: none walks through a table that grows with the business, and none sorts a stream.
 *
 * Every statement that the store prepares when it opens is explained, so that a new one is judged without being listed.
 */
import Sqlite, { type Database } from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openStore } from '../../../src-main/engine/store/store.ts'

/** Tables with a row per record, per change of one, or per pass. */
const growing = [
  'snapshot',
  'snapshot_key',
  'snapshot_history',
  'claim',
  'stock_change',
  'stock_waiting',
  'stock_point',
  'pass',
  'pass_hour',
  'call_minute',
  'incident_event',
  'incident_part',
  'tax_variance',
  'quarantine',
  'key_past',
  'claim_past',
  'covered_past',
  'incident_past',
]

interface Plan {
  readonly sql: string
  readonly steps: readonly string[]
}

function everyPlan(): readonly Plan[] {
  const prepared: string[] = []
  const { prepare } = Sqlite.prototype
  const databases: Database[] = []
  // the prototype is shared by every database of the process, and given back at once
  Sqlite.prototype.prepare = function prepareAndRemember(this: Database, sql: string) {
    databases.push(this)
    prepared.push(sql)
    return prepare.call(this, sql)
  } as typeof prepare
  try {
    openStore(':memory:', 0)
  } finally {
    Sqlite.prototype.prepare = prepare
  }
  const opened = databases[0]
  if (opened === undefined) throw new Error('the store prepared nothing')
  return prepared.map((sql) => ({ sql: sql.trim().replace(/\s+/g, ' '), steps: explain(opened, sql) }))
}

function explain(db: Database, sql: string): readonly string[] {
  const statement = db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
  const names = [...new Set(sql.match(/@\w+/g))].map((name) => name.slice(1))
  const places = sql.match(/\?/g)?.length ?? 0
  const rows =
    names.length > 0
      ? statement.all(Object.fromEntries(names.map((name) => [name, null])))
      : statement.all(...Array.from({ length: places }, () => null))
  return rows.map((row) => row.detail)
}

describe('the queries of the store', () => {
  const plans = everyPlan()

  it('are all there to be judged', () => {
    expect(plans.length).toBeGreaterThan(80)
  })

  it('walk through no table that grows with the business', () => {
    const scans = plans.filter(({ steps }) => steps.some((step) => growing.some((table) => new RegExp(`^SCAN ${table}\\b`).test(step))))
    expect(scans).toEqual([])
  })

  it('walk over no pair’s claims to find those of one record', () => {
    const walks = plans.filter(({ sql, steps }) => /snapshot = \?/.test(sql) && steps.some((step) => /claim USING PRIMARY KEY \(pair=\?\)/.test(step)))
    expect(walks).toEqual([])
  })

  it('read a stream in its order without sorting it', () => {
    const ofStream = plans.filter(({ sql }) => /FROM snapshot JOIN stream .* ORDER BY snapshot\.row/.test(sql))
    expect(ofStream.length).toBe(2)
    expect(ofStream.filter(({ steps }) => steps.some((step) => step.includes('TEMP B-TREE')))).toEqual([])
    expect(ofStream.filter(({ steps }) => !steps.some((step) => step.includes('snapshot_by_stream')))).toEqual([])
  })

  it('walk over a stretch of numbers in its order, without sorting or grouping it anew', () => {
    const ofStretch = plans.filter(({ sql }) => /FROM claim WHERE .* GROUP BY number/.test(sql))
    expect(ofStretch.length).toBe(1)
    expect(ofStretch.filter(({ steps }) => steps.some((step) => step.includes('TEMP B-TREE')))).toEqual([])
  })

  it('go on from the last row of a page in its order, without sorting what is left', () => {
    const pages = plans.filter(({ sql }) => /FROM stock_state .*LIMIT @limit|SELECT DISTINCT value FROM snapshot_key|tax_variance_by_weight|DISTINCT subject_key AS key/.test(sql))
    expect(pages.length).toBe(6)
    expect(pages.filter(({ steps }) => steps.some((step) => step.includes('TEMP B-TREE')))).toEqual([])
    expect(pages.filter(({ sql }) => /OFFSET/.test(sql))).toEqual([])
  })

  it('page a shop’s orders from where the last page ended, without sorting them', () => {
    const walks = plans.filter(({ sql }) => /AS key FROM snapshot/.test(sql) && sql.endsWith('LIMIT @limit'))
    expect(walks.map(({ steps }) => steps.find((step) => step.startsWith('SEARCH snapshot')))).toEqual([
      'SEARCH snapshot USING COVERING INDEX snapshot_by_moment (stream=? AND happened_at>? AND happened_at<?)',
      'SEARCH snapshot USING COVERING INDEX snapshot_by_moment (stream=? AND happened_at>? AND happened_at<?)',
      'SEARCH snapshot_key USING PRIMARY KEY (stream=? AND name=? AND value>? AND value<?)',
      'SEARCH snapshot_key USING PRIMARY KEY (stream=? AND name=? AND value>? AND value<?)',
    ])
    // only orders of one same millisecond are put in order among each other
    const isSorted = (step: string): boolean => step.includes('TEMP B-TREE') && !step.includes('LAST TERM OF ORDER BY')
    expect(walks.filter(({ sql, steps }) => sql.includes('OFFSET') || steps.some(isSorted))).toEqual([])
  })

  it.each([
    ['a record by its id', /FROM snapshot JOIN stream .* WHERE snapshot\.stream = \? AND snapshot\.id = \?/, 'sqlite_autoindex_snapshot_1 (stream=? AND id=?)'],
    ['a record by a key', /FROM snapshot_key JOIN/, 'PRIMARY KEY (stream=? AND name=? AND value=?)'],
    ['both sides of a number', /FROM claim JOIN snapshot .* claim\.number = \?/, 'PRIMARY KEY (pair=? AND number=?)'],
    ['what follows a number', /FROM claim JOIN snapshot .* claim\.number = @number AND EXISTS/, 'snapshot_key EXISTS USING PRIMARY KEY (stream=? AND name=? AND value=?)'],
    ['what follows the numbers of a stretch', /FROM claim JOIN snapshot .* claim\.number > @after/, 'snapshot_key EXISTS USING PRIMARY KEY (stream=? AND name=? AND value=?)'],
    ['what a record claims', /FROM claim INDEXED BY claim_of WHERE/, 'claim_of (snapshot=? AND pair=?)'],
    ['whether both sides of a number agree', /AS agreed FROM claim WHERE pair = \? AND number = \?/, 'PRIMARY KEY (pair=? AND number=?)'],
    ['where both sides of a stretch disagree', /number <= \? GROUP BY number/, 'PRIMARY KEY (pair=? AND number>? AND number<?)'],
    ['what a rival’s shop has too', /AS theirs JOIN claim AS ours/, 'PRIMARY KEY (pair=? AND number>? AND number<?)'],
    ['units on their way in a stretch', /UNION SELECT number FROM stock_waiting/, 'PRIMARY KEY (pair=? AND number>? AND number<?)'],
    ['what arrived lately, and by it its claims', /AS document CROSS JOIN claim AS ours INDEXED BY claim_of/, 'claim_of (snapshot=? AND pair=?)'],
    ['what was placed lately and never arrived', /AS placed CROSS JOIN claim AS ours INDEXED BY claim_of/, 'snapshot_by_moment (stream=? AND happened_at>?)'],
    ['what an incident explains', /FROM incident WHERE parent = \?/, 'incident_by_parent (parent=?)'],
    ['how calls ended lately', /FROM call_minute WHERE connection = \? AND minute >= \?/, 'PRIMARY KEY (connection=? AND minute>?)'],
    ['the changes that showed last', /shown_at IS NOT NULL ORDER BY shown_at DESC/, 'stock_change_shown (pair=?'],
    ['what is to be judged again', /FROM dirty JOIN/, 'PRIMARY KEY (pair=?)'],
    ['what said what when', /FROM snapshot_history WHERE snapshot = \? AND seen_to > \?/, 'PRIMARY KEY (snapshot=? AND seen_to>?)'],
    ['what falls due', /FROM not_judged WHERE pair = \? AND until <= \?/, 'not_judged_until (pair=? AND until<?)'],
    ['the last pass', /FROM pass WHERE connection = \? AND stream = \? ORDER BY started_at DESC LIMIT 1/, 'pass_by_stream (connection=? AND stream=?)'],
    ['the incident of a subject', /FROM incident WHERE pair = \? AND rule = \? AND subject_kind/, 'sqlite_autoindex_incident_2'],
    ['what a rule says now', /FROM incident WHERE state != 'resolved' AND rule = \?/, 'incident_live (rule=?)'],
    ['whether a booked day has changed', /AS latest FROM snapshot INDEXED BY snapshot_by_booking/, 'snapshot_by_booking (stream=? AND booked_at>? AND booked_at<?)'],
    ['whether a day that happened has changed', /AS latest FROM snapshot INDEXED BY snapshot_by_moment/, 'snapshot_by_moment (stream=? AND happened_at>? AND happened_at<?)'],
    ['the most outdated stock', /FROM stock_state INDEXED BY stock_state_behind/, 'stock_state_behind (pair=? AND (behind_since,sku,location)>(?,?,?))'],
    ['the next SKUs', /FROM stock_state WHERE pair = @pair AND \(sku, location\) >=/, 'PRIMARY KEY (pair=? AND (sku,location)>(?,?) AND sku<?)'],
    ['the next SKUs of a location', /FROM stock_state INDEXED BY stock_state_by_location/, 'stock_state_by_location (pair=? AND location=? AND sku>? AND sku<?)'],
    ['the locations of stock', /WITH RECURSIVE place/, 'stock_state_by_location (pair=? AND location>?)'],
    ['the next products', /SELECT DISTINCT value FROM snapshot_key/, 'PRIMARY KEY (stream=? AND name=? AND value>? AND value<?)'],
    ['the next subjects that are spoken of', /SELECT DISTINCT subject_key AS key FROM incident/, 'incident_by_subject (pair=? AND subject_kind=? AND subject_connection=? AND subject_key>? AND subject_key<?)'],
    ['the heaviest differences of tax', /FROM tax_variance INDEXED BY tax_variance_by_weight/, 'tax_variance_by_weight (pair=? AND currency=? AND <expr><?)'],
    ['what was done by hand lately', /FROM incident_override INDEXED BY/, 'incident_override_by_age (at>?)'],
    ['the flow of a day', /AS at, COUNT\(\*\) AS total FROM snapshot .* gone_at IS NULL GROUP/, 'COVERING INDEX snapshot_by_moment (stream=? AND happened_at>?)'],
    ['the flow of a day as it was known then', /AS at, COUNT\(\*\) AS total FROM snapshot .* first_seen_at <= @until/, 'snapshot_by_moment (stream=? AND happened_at>? AND happened_at<?)'],
    ['what is said of an order', /WITH one AS/, 'incident_live_subject (pair=? AND subject_kind=? AND subject_connection=? AND subject_key=?)'],
    ['orders that an incident speaks of', /UNION SELECT subject_key FROM incident_part WHERE pair = @pair LIMIT/, 'incident_live_subject (pair=? AND subject_kind=? AND subject_connection=?)'],
    ['orders that should have been judged', /SELECT subject_key AS number FROM not_judged/, 'not_judged_until (pair=? AND until<?)'],
    ['records whose key begins so', /SELECT value, MIN\(snapshot\) AS row FROM snapshot_key/, 'PRIMARY KEY (stream=? AND name=? AND value>? AND value<?)'],
    ['records whose id begins so', /SELECT id AS value, row FROM snapshot/, 'sqlite_autoindex_snapshot_1 (stream=? AND id>? AND id<?)'],
    ['what had a key then', /UNION SELECT snapshot FROM key_past/, 'SEARCH key_past USING PRIMARY KEY (stream=? AND name=? AND value=?)'],
    ['what claimed a number then', /UNION SELECT snapshot FROM claim_past/, 'SEARCH claim_past USING PRIMARY KEY (pair=? AND number=?)'],
    ['how far a stream was read then', /FROM covered_past WHERE stream = \? AND at <= \?/, 'PRIMARY KEY (stream=? AND at<?)'],
    ['incidents that have changed since', /FROM incident_past INDEXED BY/, 'incident_past_by_age (said_to>?)'],
    ['what was said of a subject then', /FROM incident JOIN incident_past ON/, 'incident_by_subject (pair=? AND subject_kind=? AND subject_connection=? AND subject_key=?)'],
  ])('find %s by an index', (_what, query, index) => {
    const found = plans.filter(({ sql }) => query.test(sql))
    expect(found.length).toBeGreaterThan(0)
    for (const { steps } of found) expect(steps.join(' | ')).toContain(index)
  })
})
