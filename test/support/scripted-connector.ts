/**
 * A connector to a platform that lives in memory: what the poller is tested against, without HTTP.
 *
 * The platform stamps its rows by its own clock, pages them by (stamp, id), forgets deleted rows without a trace, and
 * can have a bad day. A row is `{ id, stamp, record }`; anything else put with `putRaw` is a row that cannot be read.
 */
import { z } from 'zod'
import { type Fault, type Outcome, failed, fault, ok } from '../../src-main/domain/fault.ts'
import { type DomainRecord, type StreamName, recordSchema } from '../../src-main/domain/records.ts'
import { type Instant, type Span, minutes } from '../../src-main/domain/time.ts'
import type {
  AnyConnector,
  LookupKeys,
  Page,
  StreamDefinition,
} from '../../src-main/engine/connectors/definition.ts'

const rawRow = z.object({ id: z.string(), stamp: z.int(), record: recordSchema })
type Raw = z.infer<typeof rawRow>

const stampCursor = z.object({ at: z.int(), id: z.string(), inPass: z.boolean() })
type StampCursor = z.infer<typeof stampCursor>

const settingsSchema = z.object({ server: z.string().default('one') })
type Settings = z.infer<typeof settingsSchema>

interface Row {
  readonly id: string
  readonly stamp: Instant
  readonly touches: readonly string[]
  readonly body: unknown
}

/** What was asked: which stream, from which cursor, and how. */
export interface Asked {
  readonly stream: StreamName
  readonly how: 'read' | 'lookup'
  readonly cursor: unknown
  readonly keys: readonly string[]
}

export interface ScriptedConnector {
  readonly connector: AnyConnector
  readonly asked: readonly Asked[]
  put(stream: StreamName, record: DomainRecord, more?: { stamp?: Instant; touches?: readonly string[] }): void
  putRaw(stream: StreamName, id: string, body: unknown): void
  remove(stream: StreamName, id: string): void
  /** Runs before each answer; a fault or a rejection takes its place. Null heals. */
  meet(how: ((asked: Asked) => Promise<Fault | null> | Fault | null) | null): void
  /** The platform's clock; `put` stamps by it. */
  now: () => Instant
}

export interface ScriptedStream {
  readonly name: StreamName
  readonly emits?: readonly StreamName[]
  readonly pace?: 'near-real-time' | 'often' | 'batch'
  readonly snapshot?: boolean
  /** Its rows name records of this stream as touched. */
  readonly touches?: StreamName
  /** The platform keeps rows with an older stamp to itself, without a word. */
  readonly showsFor?: Span
  /** Its lists show late what changed. */
  readonly showsLate?: boolean
}

const defaultStreams: readonly ScriptedStream[] = [
  { name: 'orders' },
  { name: 'payments', touches: 'orders' },
  { name: 'stock', snapshot: true },
]

export function scriptConnector(options: {
  readonly now: () => Instant
  readonly id?: string
  readonly streams?: readonly ScriptedStream[]
  readonly pageRows?: number
  readonly overlapMs?: Span
  readonly secretFields?: AnyConnector['secretFields']
  /** Does not remember what it was asked, for runs of weeks. */
  readonly forget?: boolean
}): ScriptedConnector {
  const tables = new Map<StreamName, Map<string, Row>>()
  const asked: Asked[] = []
  let bad: ((asked: Asked) => Promise<Fault | null> | Fault | null) | null = null
  const platform = { now: options.now }
  const pageRows = options.pageRows ?? 2
  const overlapMs = options.overlapMs ?? minutes(5)

  const table = (stream: StreamName): Map<string, Row> => {
    const known = tables.get(stream) ?? new Map<string, Row>()
    tables.set(stream, known)
    return known
  }

  async function meet(question: Asked): Promise<Fault | null> {
    if (options.forget !== true) asked.push(question)
    return bad === null ? null : bad(question)
  }

  function pageOf(stream: ScriptedStream, rows: readonly Row[], next: unknown, resumeAt: unknown): Page {
    const ids = rows.flatMap((row) => row.touches)
    const touched = stream.touches === undefined || ids.length === 0 ? [] : [{ stream: stream.touches, ids }]
    const shown = stream.showsFor === undefined ? {} : { shownFrom: platform.now() - stream.showsFor }
    return { rows: rows.map((row) => row.body), next, resumeAt, touched, ...shown }
  }

  function readChanged(stream: ScriptedStream, cursor: StampCursor | null, since: Instant | null): Outcome<Page> {
    if (cursor !== null && cursor.at > platform.now() + minutes(2)) {
      return failed(fault('validation', 'The platform was read up to a moment its clock has not reached.', { path: 'cursor' }))
    }
    const from = cursor === null ? (since ?? 0) : cursor.inPass ? cursor.at : cursor.at - overlapMs
    const shownFrom = stream.showsFor === undefined ? 0 : platform.now() - stream.showsFor
    const rows = [...table(stream.name).values()]
      .filter((row) => row.stamp >= shownFrom)
      .filter((row) => row.stamp > from || (row.stamp === from && (cursor?.inPass !== true || row.id > cursor.id)))
      .toSorted((left, right) => left.stamp - right.stamp || left.id.localeCompare(right.id))
    const page = rows.slice(0, pageRows)
    const last = page.at(-1)
    const at = Math.max(cursor?.at ?? 0, last?.stamp ?? 0)
    const resumeAt = cursor === null && last === undefined ? null : { at, id: '', inPass: false }
    const next = rows.length > page.length && last !== undefined ? { at: last.stamp, id: last.id, inPass: true } : null
    return ok(pageOf(stream, page, next, resumeAt))
  }

  function readWhole(stream: ScriptedStream, cursor: StampCursor | null): Outcome<Page> {
    const rows = [...table(stream.name).values()].toSorted((left, right) => left.id.localeCompare(right.id))
    const rest = cursor === null ? rows : rows.filter((row) => row.id > cursor.id)
    const page = rest.slice(0, pageRows)
    const next = rest.length > page.length ? { at: 0, id: page.at(-1)?.id ?? '', inPass: true } : null
    return ok(pageOf(stream, page, next, null))
  }

  function streamOf(stream: ScriptedStream): StreamDefinition<Settings, Raw, StampCursor> {
    const { name } = stream
    return {
      name,
      emits: stream.emits ?? [name],
      pace: stream.pace ?? 'near-real-time',
      raw: rawRow,
      cursor: stampCursor,
      overlapMs,
      snapshot: stream.snapshot ?? false,
      showsLate: stream.showsLate ?? false,
      async read(api, cursor, { since }) {
        api.signal.throwIfAborted()
        const trouble = await meet({ stream: name, how: 'read', cursor, keys: [] })
        api.signal.throwIfAborted()
        if (trouble !== null) return failed(trouble)
        return stream.snapshot === true ? readWhole(stream, cursor) : readChanged(stream, cursor, since)
      },
      async lookup(api, keys) {
        api.signal.throwIfAborted()
        const trouble = await meet({ stream: name, how: 'lookup', cursor: null, keys: keys.values })
        if (trouble !== null) return failed(trouble)
        const rows = [...table(name).values()].filter((row) => isMeant(row, keys))
        return ok({ rows: rows.map((row) => row.body), complete: true })
      },
      normalise: (raw) => [raw.record],
    }
  }

  const connector: AnyConnector = {
    id: options.id ?? 'scripted',
    label: 'Scripted',
    role: 'shop',
    settings: settingsSchema,
    settingsFields: [],
    secretFields: options.secretFields ?? [],
    limits: { concurrent: 2, perMinute: 600, answerBytesMax: 1_000_000 },
    baseUrl: () => 'http://127.0.0.1:1/',
    authorise: async () => ok({}),
    check: async () => ok({ steps: [], clockOffsetMs: null, locations: [], channels: [] }),
    streams: (options.streams ?? defaultStreams).map(streamOf),
    actions: [],
  }

  return {
    connector,
    asked,
    put(stream, record, more = {}) {
      const stamp = more.stamp ?? platform.now()
      const stamped = { ...record, changedAt: stamp }
      table(stream).set(record.id, { id: record.id, stamp, touches: more.touches ?? [], body: { id: record.id, stamp, record: stamped } })
    },
    putRaw(stream, id, body) {
      table(stream).set(id, { id, stamp: platform.now(), touches: [], body })
    },
    remove(stream, id) {
      table(stream).delete(id)
    },
    meet(how) {
      bad = how
    },
    get now() {
      return platform.now
    },
    set now(next) {
      platform.now = next
    },
  }
}

function isMeant(row: Row, keys: LookupKeys): boolean {
  if (keys.by === 'id') return keys.values.includes(row.id)
  const parsed = rawRow.safeParse(row.body)
  if (!parsed.success) return keys.values.some((value) => row.id.includes(value))
  const { record } = parsed.data
  const texts = keys.by === 'reference' && record.kind === 'erp-order' ? record.references : 'number' in record ? [record.number] : []
  return texts.some((text) => text !== null && keys.values.includes(text))
}

/** An ordinary bad answer, for tests that need some fault of a class. */
export function aFault(faultClass: Fault['class'], more: Parameters<typeof fault>[2] = {}): Fault {
  return fault(faultClass, `The platform says ${faultClass}.`, more)
}
