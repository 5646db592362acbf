/** Batch sync bottlenecks: every other order is set aside, so that they pile up while the flow runs. */
import { hour, minute } from '../business/calendar.ts'
import type { Wish } from '../business/carts.ts'
import type { Case, Script } from '../business/stage.ts'
import { later } from '../integration/gate.ts'
import type { Planted } from '../world.ts'
import { broughtAfterAll, inWorld, lateBy, missing, paid } from './hands.ts'
import type { Tools } from './scenario.ts'

/** Fewer were each lost by themselves, and those of long ago are no backlog any more. */
const backlogMin = 20
const backlogWithin = 6 * hour

/** What is promised for another day is due on that day alone. */
const goods: Wish = { ...paid, trait: 'plain' }

const setAsideCount = 26
const every = 4 * minute
const lookEvery = 10_000

interface SetAside {
  readonly one: Case
  readonly planted: Planted
}

function setsAside(tools: Tools, aside: SetAside[]): Script {
  return {
    book(one) {
      aside.push({ one, planted: missing(tools, one) })
      return 'instead'
    },
  }
}

/** So many are called missing by now, and later ones have come. */
function isBacklog({ stage }: Tools, aside: readonly SetAside[]): boolean {
  const { agenda, agreement, inflow } = stage
  const now = agenda.now()
  const overdue = aside.filter(({ one: { sale, order, dueAt } }) =>
    sale === null && order.cancelledAt === null && dueAt !== null && dueAt < inflow.lastAt && dueAt > now - backlogWithin && dueAt + agreement.graceMinutes * minute <= now)
  return overdue.length >= backlogMin
}

/** Labels it from when it is one, until enough of them were brought; gives back what looks at once, for whoever brings one. */
function watchBacklog(tools: Tools, aside: readonly SetAside[], until: number): () => void {
  let planted: Planted | null = null
  let isOver = false
  const look = (): void => {
    const is = !isOver && isBacklog(tools, aside)
    if (is) planted ??= tools.plant({ subject: { kind: 'stream', key: 'orders' } })
    if (planted === null || is || isOver) return
    tools.heal(planted)
    isOver = true
  }
  const watch = (): void => {
    look()
    if (!isOver && tools.stage.agenda.now() < until) tools.after(lookEvery, watch)
  }
  watch()
  return look
}

/** Bought one after the other, each with another that comes the ordinary way. */
function rush(tools: Tools, script: () => Script): void {
  for (let nth = 0; nth < setAsideCount; nth += 1) {
    tools.after(nth * every, () => tools.buy(goods, script))
    tools.after(nth * every + every / 2, () => tools.buy(goods))
  }
}

const lasts = setAsideCount * every + 3 * hour

export const piledUp = inWorld({
  name: 'F11-orders-pile-up', rules: ['F11-backlog', 'F02-paid-order-missing'], critical: true, alone: true, lastsMs: lasts + hour,
  says: 'One of the integration’s two workers sets aside whatever it is given: every other order piles up.', twin: 'In a rush every other order comes some minutes late.',
  happens(tools) {
    const aside: SetAside[] = []
    const until = tools.stage.agenda.now() + lasts
    rush(tools, () => setsAside(tools, aside))
    const look = watchBacklog(tools, aside, until + hour)
    tools.stage.agenda.at(until, () => {
      for (const { one, planted } of aside) later(tools.stage, 0, 'orders', () => {
        if (broughtAfterAll(tools, one) !== false) tools.heal(planted)
        look()
      })
    })
  },
  twinHappens(tools) {
    tools.innocent({ kind: 'stream', key: 'orders' })
    rush(tools, () => lateBy(tools, minute, 6 * minute))
  },
})
