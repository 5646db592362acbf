import { describe, expect, it } from 'vitest'
import type { IncidentRow } from '../../src-main/contract/views.ts'
import { engineClient } from '../../src-main/shell/attendant.ts'
import { linesBetween, openTeller } from '../../src-main/shell/teller.ts'
import { sampleEngine } from '../support/sample-engine.ts'
import { sampleIncidents } from '../support/sample/incidents.ts'

const noon = Date.parse('2026-11-25T12:00:00Z')
const [first] = sampleIncidents({ mood: 'busy', now: noon, poll: 0 })

function row(change: Partial<IncidentRow>): IncidentRow {
  if (first === undefined) throw new Error('a busy day has an incident')
  const open = { state: 'open', resolvedAt: null, reopenedCount: 0, severity: 'critical', openedAt: noon } as const
  return { ...first, ...open, id: 'one', rule: 'F02-paid-order-missing', says: 'Order 1012 is paid.', ...change }
}

function byId(...rows: readonly IncidentRow[]): ReadonlyMap<string, IncidentRow> {
  return new Map(rows.map((one) => [one.id, one]))
}

describe('what the terminal is told of incidents', () => {
  it('is each that opened, and each that closed, oldest first', () => {
    const before = byId(row({ id: 'a', says: 'A.' }))
    const now = byId(
      row({ id: 'b', says: 'B.', openedAt: noon + 9000, severity: 'low' }),
      row({ id: 'a', says: 'A.', state: 'resolved', resolvedAt: noon + 5000 }),
    )
    expect(linesBetween(before, now)).toEqual([
      '12:00:05  closed    critical  F02-paid-order-missing  A.',
      '12:00:09  opened    low       F02-paid-order-missing  B.',
    ])
  })

  it('is nothing while nothing opens or closes, whoever acknowledges what', () => {
    expect(linesBetween(byId(row({})), byId(row({ state: 'acknowledged' })))).toEqual([])
    const over = row({ state: 'resolved', resolvedAt: noon + 1 })
    expect(linesBetween(byId(over), byId(over))).toEqual([])
  })

  it('is both ends of what opened and closed in between, and of what came back', () => {
    const over = row({ state: 'resolved', resolvedAt: noon + 1000 })
    expect(linesBetween(byId(), byId(over)).map((line) => line.slice(10, 18))).toEqual(['opened  ', 'closed  '])
    const again = row({ openedAt: noon + 4000, reopenedCount: 1 })
    expect(linesBetween(byId(over), byId(again)).map((line) => line.slice(0, 18))).toEqual(['12:00:04  reopened'])
  })

  it('is asked of the engine, and told once', async () => {
    const { port1, port2 } = new MessageChannel()
    sampleEngine({ mood: 'busy' }).serve(port2)
    port1.start()
    const told: string[] = []
    const teller = openTeller((line) => told.push(line))
    const client = engineClient(port1)
    await teller.look(client)
    const once = told.length
    expect(once).toBeGreaterThan(100)
    await teller.look(client)
    expect(told).toHaveLength(once)
    port2.close()
  })
})
