/** The connectors to the tiny shop and ERP: two streams each, and one repair. */
import { z } from 'zod'
import { type Outcome, failed, fault, ok } from '../../../src-main/domain/fault.ts'
import { type DomainRecord, type StreamName, recordSchema } from '../../../src-main/domain/records.ts'
import { minutes } from '../../../src-main/domain/time.ts'
import {
  type ActionDefinition,
  type AnyConnector,
  type Api,
  type StreamDefinition,
  defineConnector,
} from '../../../src-main/engine/connectors/definition.ts'
import { anErpOrder } from '../../support/builders.ts'

const row = z.object({ id: z.string(), stamp: z.string(), record: z.string() })
type Row = z.infer<typeof row>

const page = z.object({ rows: z.array(row), more: z.boolean() })
const place = z.object({ at: z.int(), after: z.string(), inPass: z.boolean() })
type Place = z.infer<typeof place>

const settings = z.object({ origin: z.string() })
type Settings = z.infer<typeof settings>

const overlapMs = minutes(5)

async function ask(api: Api, path: string, query: Readonly<Record<string, string>>): Promise<Outcome<z.infer<typeof page>>> {
  const answer = await api.request({ method: 'GET', path, query, reads: true })
  if (!answer.ok) return answer
  const read = page.safeParse(answer.value.json)
  return read.success ? ok(read.data) : failed(fault('unexpected-shape', 'Tiny answers in another language.', { path: 'rows' }))
}

function stream(name: StreamName, kind: DomainRecord['kind']): StreamDefinition<Settings, Row, Place> {
  return {
    name,
    emits: [name],
    pace: 'near-real-time',
    raw: row,
    cursor: place,
    overlapMs,
    snapshot: false,
    async read(api, cursor) {
      const since = cursor === null ? 0 : cursor.inPass ? cursor.at : cursor.at - overlapMs
      const answer = await ask(api, 'changed', { kind, since: String(since), after: cursor?.inPass === true ? cursor.after : '' })
      if (!answer.ok) return answer
      const last = answer.value.rows.at(-1)
      const at = Math.max(cursor?.at ?? 0, Number(last?.stamp ?? 0))
      const next = answer.value.more && last !== undefined ? { at: Number(last.stamp), after: last.id, inPass: true } : null
      return ok({ rows: answer.value.rows, next, resumeAt: at === 0 ? null : { at, after: '', inPass: false }, touched: [] })
    },
    async lookup(api, keys) {
      // it knows rows by their names alone
      if (keys.by === 'id') return ok({ rows: [], complete: false })
      const rows: unknown[] = []
      for (const value of keys.values) {
        // oxlint-disable-next-line no-await-in-loop -- Tiny is asked for one name at a time
        const answer = await ask(api, 'named', { name: value })
        if (!answer.ok) return answer
        rows.push(...answer.value.rows)
      }
      return ok({ rows, complete: true })
    },
    normalise: (raw) => [recordSchema.parse(JSON.parse(raw.record))],
  }
}

const payloadSchema = z.object({ reference: z.string(), record: z.string() })

const create: ActionDefinition<Settings, 'order.create'> = {
  id: 'order.create',
  guarantee: 'probe-then-create',
  visibilityLagMs: minutes(1),
  priceOfBeingWrong: 'Two drafts.',
  async preview(_api, { order, reference }) {
    const record = anErpOrder({
      references: [reference],
      createdBy: 'plumbline',
      currency: order.currency,
      customerEmail: order.customer.email,
      lines: [],
      totals: { net: order.totals.lines, tax: order.totals.tax, total: order.totals.total },
    })
    return ok({ kind: 'ready', payload: { reference, record: JSON.stringify(record) }, facts: [], warnings: [] })
  },
  async send(api, payload) {
    const answer = await api.request({ method: 'POST', path: 'orders', body: payload, reads: false })
    if (!answer.ok) return answer
    const made = z.object({ id: z.string() }).safeParse(answer.value.json)
    return made.success ? ok({ targetId: made.data.id }) : failed(fault('unexpected-shape', 'Tiny does not say what it made.'))
  },
  async verify(api, payload) {
    const { reference } = payloadSchema.parse(payload)
    const answer = await ask(api, 'named', { name: reference })
    if (!answer.ok) return answer
    return ok({ found: answer.value.rows.map((found) => ({ id: found.id, number: found.id, matches: true, says: `${found.id}.` })) })
  },
}

function tinyConnector(id: string, role: 'shop' | 'erp'): AnyConnector {
  return defineConnector<Settings>({
    id,
    label: role === 'shop' ? 'Tiny shop' : 'Tiny ERP',
    role,
    settings,
    settingsFields: [],
    secretFields: [],
    limits: { concurrent: 2, perMinute: 600, answerBytesMax: 10_000_000 },
    baseUrl: ({ origin }) => `${origin}/`,
    authorise: async () => ok({}),
    check: async () => ok({ steps: [], clockOffsetMs: null, locations: [], channels: [] }),
    streams: [stream('orders', role === 'shop' ? 'order' : 'erp-order'), stream('stock', 'stock')],
    actions: role === 'shop' ? [] : [create],
  })
}

export const tinyShop = tinyConnector('tiny-shop', 'shop')
export const tinyErp = tinyConnector('tiny-erp', 'erp')
