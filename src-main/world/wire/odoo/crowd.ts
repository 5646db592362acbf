/** Whoever else is at work in an Odoo: rows that somebody holds, transactions that went before, no connection left. */
import type { Interrupt } from './calling.ts'

/** Out of 1: calls that read, and calls that write, which find somebody in their way. */
export interface Crowd {
  readonly reads: number
  readonly writes: number
}

export const nobody: Crowd = { reads: 0, writes: 0 }

/** One write in thirty finds its rows held by somebody, as in an office that books all day. */
export const roughCrowd: Crowd = { reads: 0.003, writes: 0.03 }

type Met = Exclude<ReturnType<Interrupt>, null>

const full: Met = { exception: 'odoo.sql_db.PoolError', says: 'The Connection Pool Is Full' }

/** Odoo tries a write five times by itself before it says so. */
const inTheWay: readonly Met[] = [
  { exception: 'psycopg2.errors.SerializationFailure', says: 'could not serialize access due to concurrent update\n' },
  { exception: 'psycopg2.errors.LockNotAvailable', says: 'could not obtain lock on row in relation "sale_order"\n' },
  {
    exception: 'psycopg2.errors.DeadlockDetected',
    says: 'deadlock detected\nDETAIL:  Process 71 waits for ShareLock on transaction 4711; blocked by process 72.\n'
      + 'Process 72 waits for ShareLock on transaction 4712; blocked by process 71.\nHINT:  See server log for query details.\n',
  },
]

/** Since 19 Odoo locks by itself, too, and says it in its own words. */
const locked: Met = { exception: 'odoo.exceptions.LockError', says: 'Cannot grab a lock on records' }

const writers = /^(?:create|write|unlink|load|action_\w+)$/

export function crowded({ reads, writes }: Crowd, fraction: () => number): Interrupt {
  return ({ method, version }) => {
    if (!writers.test(method)) return fraction() < reads ? full : null
    if (fraction() >= writes) return null
    const ways = version >= 19 ? [...inTheWay, locked] : inTheWay
    return ways[Math.floor(fraction() * ways.length)] ?? full
  }
}
