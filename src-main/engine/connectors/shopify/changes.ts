/** Reads what changed, in windows of time with a frozen end, so that no page shifts under the next one. */
import { z } from 'zod'
import { clockOffsetMaxMs } from '../../../domain/connection.ts'
import { type Outcome, failed, fault, ok } from '../../../domain/fault.ts'
import { type Instant, days, iso, minutes } from '../../../domain/time.ts'
import type { Api } from '../definition.ts'
import { ask } from './graphql.ts'
import { clockQuery } from './queries.ts'

/** Lists that are searched show a change late: seconds mostly, minutes on a bad day. */
export const overlapMs = minutes(10)

/** Shopify pages no deeper than 25,000 rows of one question: before that a new window begins at the last stamp. */
const windowRowsMax = 20_000

/** What a pass begins with, and with what the next one does. */
export const resumeCursor = z.object({ kind: z.literal('resume'), at: z.int() })

/**
 * Inside a window: its two ends and the platform's own cursor. `high` is the highest stamp yet, `seen` are the rows of
 * the stamp at which the window begins that were taken in the one before.
 */
export const pageCursor = z.object({
  kind: z.literal('page'),
  from: z.int().nullable(),
  until: z.int(),
  after: z.string().nullable(),
  high: z.int().nullable(),
  taken: z.int().min(0),
  seen: z.array(z.string()).max(2000),
  /** True while a first reading is at orders of any age that wait to be sent; see `ordersFilterOf`. */
  waiting: z.boolean().default(false),
})
export type PageCursor = z.output<typeof pageCursor>
export const changeCursor = z.discriminatedUnion('kind', [resumeCursor, pageCursor])
export type ChangeCursor = z.output<typeof changeCursor>

/** Shopify's time as far as it is known; asked for where nothing was asked yet. */
export async function platformNow(api: Api): Promise<Outcome<Instant>> {
  const known = api.clockOffsetMs()
  if (known !== null) return ok(api.now() - known)
  const answer = await ask(api, clockQuery, {}, z.object({ shop: z.object({ id: z.string() }) }))
  if (!answer.ok) return answer
  return ok(answer.value.date ?? api.now())
}

/** The window of a pass that begins, or the one that goes on. */
export async function windowOf(
  api: Api,
  cursor: ChangeCursor | null,
  since: Instant | null,
): Promise<Outcome<PageCursor>> {
  if (cursor?.kind === 'page') return ok(cursor)
  const now = await platformNow(api)
  if (!now.ok) return now
  const from = cursor === null ? since : cursor.at - overlapMs
  const until = Math.max(now.value, cursor?.at ?? 0)
  return ok({
    kind: 'page',
    from,
    until,
    after: null,
    high: cursor?.at ?? null,
    taken: 0,
    seen: [],
    waiting: cursor === null,
  })
}

/** Sold and not yet sent, or not wholly: the shop's stock holds it, and a pre-order may be due months after it last moved. */
const stillToSend = '(status:open (fulfillment_status:unshipped OR fulfillment_status:partial))'

/** To whole seconds, as Shopify shows its stamps; always with `>=` and `<=`: what `>` means changed between versions. */
export function filterOf(window: Pick<PageCursor, 'from' | 'until'>): string {
  const lower = window.from === null ? [] : [changedFrom(window.from)]
  return [...lower, `updated_at:<='${second(window.until)}'`].join(' ')
}

/** The same of orders: a first reading takes those as well that wait to be sent since before. */
export function ordersFilterOf(window: Pick<PageCursor, 'from' | 'until' | 'waiting'>): string {
  if (window.from === null || !window.waiting) return filterOf(window)
  return `(${changedFrom(window.from)} OR ${stillToSend}) updated_at:<='${second(window.until)}'`
}

function changedFrom(at: Instant): string {
  return `updated_at:>='${second(at)}'`
}

function second(at: Instant): string {
  return iso(at).replace(/\.\d+Z$/, 'Z')
}

export interface Stamped {
  readonly id: string
  readonly updatedAt: Instant
}

export interface Turned {
  readonly next: PageCursor | null
  readonly resumeAt: z.output<typeof resumeCursor> | null
}

/** From the page at hand to the next. Its rows come by rising stamp. */
export function turn(
  window: PageCursor,
  rows: readonly Stamped[],
  page: { readonly hasNextPage: boolean; readonly endCursor: string | null },
): Turned {
  const last = rows.at(-1)
  const high = rows.reduce<number | null>(
    (most, row) => Math.max(most ?? row.updatedAt, row.updatedAt),
    window.high,
  )
  const resumeAt = high === null ? null : { kind: 'resume' as const, at: high }
  if (!page.hasNextPage || page.endCursor === null) return { next: null, resumeAt }
  const taken = window.taken + rows.length
  const restart =
    taken >= windowRowsMax && last !== undefined && last.updatedAt > (window.from ?? 0)
  if (!restart) return { next: { ...window, after: page.endCursor, high, taken }, resumeAt }
  const seen = rows.filter((row) => row.updatedAt === last.updatedAt).map((row) => row.id)
  // rows come by rising stamp: those from before the window have all been
  return { next: { ...window, from: last.updatedAt, after: null, high, taken: 0, seen, waiting: false }, resumeAt }
}

/** A cursor that Shopify's own clock has not reached yet was written under a wrong clock, or for another shop. */
export function aheadOf(at: Instant | null, date: Instant | null): Outcome<null> {
  if (at === null || date === null || at <= date + clockOffsetMaxMs) return ok(null)
  return failed(
    fault(
      'validation',
      'Shopify was read up to a moment that its own clock has not reached yet. Reading goes back to the last good place.',
      { path: 'cursor', detail: `cursor ${iso(at)}, platform ${iso(date)}` },
    ),
  )
}

const visibleFor = days(60)

/** Without `read_all_orders` Shopify leaves out, without a word, what is older than sixty days. */
export function shownFrom(scopes: ReadonlySet<string>, now: Instant): Instant | null {
  return scopes.has('read_all_orders') ? null : now - visibleFor
}
