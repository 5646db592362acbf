/** Tells in lines of text which incidents opened and which closed: what a visitor without a display follows the demo by. */
import type { IncidentRow } from '../contract/views.ts'
import { iso } from '../domain/time.ts'
import type { EngineClient } from './attendant.ts'

/** Rows that are looked at: what opened and closed again among more than these between two looks is not told. */
const rowsMax = 200

export interface Teller {
  /** Asks, and tells what changed since it asked last. */
  look(client: EngineClient): Promise<void>
}

export function openTeller(print: (line: string) => void): Teller {
  let known: ReadonlyMap<string, IncidentRow> = new Map()
  return {
    async look(client) {
      const asked = { severities: null, rule: null, search: null, limit: rowsMax, offset: 0 } as const
      const [live, over] = await Promise.all([
        client.incidents.list({ ...asked, states: ['open', 'acknowledged', 'repairing', 'snoozed', 'ignored'] }),
        client.incidents.list({ ...asked, states: ['resolved'] }),
      ])
      const now = new Map([...live.rows, ...over.rows].map((row) => [row.id, row]))
      for (const line of linesBetween(known, now)) print(line)
      known = new Map([...known, ...now])
    },
  }
}

/** Oldest first. An incident that is met for the first time when it is over was open in between. */
export function linesBetween(before: ReadonlyMap<string, IncidentRow>, now: ReadonlyMap<string, IncidentRow>): readonly string[] {
  const told = [...now.values()].flatMap((row): { at: number; line: string }[] => {
    const was = before.get(row.id)
    const wasOpen = was !== undefined && was.resolvedAt === null
    const reopened = was !== undefined && row.reopenedCount > was.reopenedCount
    const opened = was === undefined || reopened ? [{ at: row.openedAt, line: lineOf(row, reopened ? 'reopened' : 'opened', row.openedAt) }] : []
    const closed = row.resolvedAt !== null && (was === undefined || wasOpen || reopened)
    return closed ? [...opened, { at: row.resolvedAt, line: lineOf(row, 'closed', row.resolvedAt) }] : opened
  })
  return told.toSorted((a, b) => a.at - b.at).map(({ line }) => line)
}

function lineOf(row: IncidentRow, what: 'opened' | 'reopened' | 'closed', at: number): string {
  return `${iso(at).slice(11, 19)}  ${what.padEnd(8)}  ${row.severity.padEnd(8)}  ${row.rule}  ${row.says}`
}
