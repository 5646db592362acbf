/** Audits a world again and again as time goes on, and keeps what is wrong for longer than anybody needs to put it right. */
import type { Decimal } from '../../../src-main/world/decimal.ts'
import type { World } from '../../../src-main/world/world.ts'
import { type Finding, readBooks } from './books.ts'
import { auditChains } from './chain.ts'
import { auditMasters } from './masters.ts'
import { auditOrders } from './orders.ts'

export function auditNow(world: World, now: number): readonly Finding[] {
  const reading = readBooks(world, now)
  return [...auditOrders(reading), ...auditChains(reading), ...auditMasters(reading)]
}

/** One finding, from when to when it was seen. */
export interface Spell {
  readonly rule: string
  readonly key: string
  readonly amounts: Decimal[]
  readonly from: number
  to: number
}

export interface Watch {
  look(now: number): void
  /** What lasted at least so long. */
  spells(lastedMs: number): readonly Spell[]
}

export function openWatch(world: World): Watch {
  const open = new Map<string, Spell>()
  const closed: Spell[] = []
  return {
    look(now) {
      const found = new Map(auditNow(world, now).map((one) => [`${one.rule} ${one.key}`, one]))
      for (const [id, one] of found) {
        const spell = open.get(id) ?? { rule: one.rule, key: one.key, amounts: [], from: now, to: now }
        spell.to = now
        if (one.amount !== null) spell.amounts.push(one.amount)
        open.set(id, spell)
      }
      for (const [id, spell] of open) {
        if (found.has(id)) continue
        closed.push(spell)
        open.delete(id)
      }
    },
    spells: (lastedMs) => [...closed, ...open.values()].filter((spell) => spell.to - spell.from >= lastedMs),
  }
}
