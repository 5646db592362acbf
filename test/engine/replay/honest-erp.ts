/**
 * An honest ERP in memory, for replays: what is written shows up late but within its visibility lag, replies may be
 * lost, a search may fail, and whoever died between two steps is never answered again. It outlives the engines that
 * speak to it, and counts by its own true time, whatever a computer's clock says.
 */
import { type Fault, type Outcome, failed, fault, ok } from '../../../src-main/domain/fault.ts'
import type { AnyConnector, OrderCreateInput, Verification } from '../../../src-main/engine/connectors/definition.ts'
import type { Action } from '../../../src-main/engine/replay/parts.ts'
import type { Instant, Span } from '../../../src-main/domain/time.ts'
import { aFault } from '../../support/scripted-connector.ts'

export interface ErpDocument {
  readonly id: string
  readonly reference: string
  readonly total: string
  readonly by: 'plumbline' | 'integration'
  /** From when on a search shows it; null while the process that wrote it still holds it back. */
  visibleAt: Instant | null
  cancelled: boolean
}

/** What becomes of one send. `lateMs`: how long after the end of the call it can be seen. */
export type SendHow =
  | { readonly kind: 'made'; readonly lateMs?: Span }
  /** Written, and the reply lost on the way. */
  | { readonly kind: 'lost'; readonly lateMs?: Span }
  /** Never arrived. */
  | { readonly kind: 'never' }
  | { readonly kind: 'rejected'; readonly fault: Fault }
  /** Neither answers nor ends; written or not. Ends with the engine, or with the closing of its door. */
  | { readonly kind: 'hangs'; readonly written: boolean; readonly lateMs?: Span }
  /** A bug in our own connector, before or after the write. */
  | { readonly kind: 'throws'; readonly written: boolean }

/** One engine's life: when it ends, nothing that it waits for ever comes back to it. */
export interface Life {
  alive: boolean
  readonly ended: Promise<never>
}

export interface HonestErp {
  readonly lagMs: Span
  readonly documents: ErpDocument[]
  /** What comes next; empty: all goes well. */
  readonly sends: SendHow[]
  /** Faults, thrown bugs and answers of the coming searches, in order. */
  readonly searches: (Fault | 'throws' | null)[]
  /** Every send that arrived at the connector, with the moment. */
  readonly sent: { readonly key: string; readonly payload: unknown; readonly at: Instant }[]
  /** Runs as the first thing in a send: where a test reads what is on disk. */
  onSend: (key: string) => void
  /** Runs before each search is answered. */
  onSearch: () => void
  refusesPreview: { readonly says: string; readonly guide: readonly string[] } | null
  connector(life: Life, doorSignal: AbortSignal): AnyConnector
  /** The shop's own integration enters the order by itself. */
  integrationEnters(reference: string, more?: { readonly total?: string; readonly visibleAt?: Instant }): ErpDocument
  visible(): readonly ErpDocument[]
  /** Ours under one reference, seen or not. */
  madeByUs(reference: string): number
  /** The engine is dead: what it had on its way arrives now, and shows up within the lag. */
  connectionsBreak(): void
}

interface Payload {
  readonly reference: string
  readonly total: string
}

export function honestErp(trueNow: () => Instant, lagMs: Span): HonestErp {
  const held: { readonly document: ErpDocument; readonly lateMs: Span }[] = []
  let ids = 0

  const write = (reference: string, total: string, by: ErpDocument['by'], visibleAt: Instant | null): ErpDocument => {
    ids += 1
    const document: ErpDocument = { id: `so-${ids}`, reference, total, by, visibleAt, cancelled: false }
    erp.documents.push(document)
    return document
  }

  const send = async (life: Life, signal: AbortSignal, payload: unknown, key: string): Promise<Outcome<{ targetId: string | null }>> => {
    erp.onSend(key)
    // the payload is what our own preview made
    const { reference, total } = payload as Payload
    erp.sent.push({ key, payload, at: trueNow() })
    const how = erp.sends.shift() ?? { kind: 'made' }
    const late = 'lateMs' in how ? (how.lateMs ?? 0) : 0
    switch (how.kind) {
      case 'made': {
        const made = write(reference, total, 'plumbline', trueNow() + late)
        return lives(life, ok({ targetId: made.id }))
      }
      case 'lost':
        write(reference, total, 'plumbline', trueNow() + late)
        return lives(life, failed(aFault('unreachable')))
      case 'never':
        return lives(life, failed(aFault('unreachable')))
      case 'rejected':
        return lives(life, failed(how.fault))
      case 'throws':
        if (how.written) write(reference, total, 'plumbline', trueNow())
        return lives(life, Promise.reject(new TypeError('the answer has no shape')))
      case 'hangs': {
        const document = how.written ? write(reference, total, 'plumbline', null) : null
        if (document !== null) held.push({ document, lateMs: late })
        return new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            erp.connectionsBreak()
            if (life.alive) reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'))
          })
        })
      }
      default:
        return how satisfies never
    }
  }

  const search = async (life: Life, payload: unknown, key: string): Promise<Outcome<Verification>> => {
    erp.onSearch()
    const { reference, total } = payload as Payload
    const trouble = erp.searches.shift() ?? null
    if (trouble === 'throws') return lives(life, Promise.reject(new TypeError('the rows have no shape')))
    if (trouble !== null) return lives(life, failed(trouble))
    const found = erp
      .visible()
      .filter((one) => one.reference === reference || one.reference === key)
      .map((one) => ({
        id: one.id,
        number: one.id.toUpperCase(),
        matches: !one.cancelled && one.total === total,
        cancelled: one.cancelled,
        says: `${one.id.toUpperCase()}, ${one.total} EUR.`,
      }))
    return lives(life, ok({ found }))
  }

  const actionFor = (life: Life, signal: AbortSignal): Action => ({
    id: 'order.create',
    guarantee: 'probe-then-create',
    visibilityLagMs: lagMs,
    priceOfBeingWrong: 'Two drafts, of which one is cancelled by hand.',
    async preview(_api, { order, reference }: OrderCreateInput) {
      if (erp.refusesPreview !== null) return lives(life, ok({ kind: 'refused', ...erp.refusesPreview }))
      const payload: Payload = { reference, total: order.totals.total }
      return lives(life, ok({ kind: 'ready', payload, facts: [{ label: 'Reference', value: reference }], warnings: [] }))
    },
    send: (_api, payload, key) => send(life, signal, payload, key),
    verify: (_api, payload, key) => search(life, payload, key),
  })

  const erp: HonestErp = {
    lagMs,
    documents: [],
    sends: [],
    searches: [],
    sent: [],
    onSend: () => undefined,
    onSearch: () => undefined,
    refusesPreview: null,
    // only what the replay room reads of a connector
    connector: (life, signal) => ({ label: 'Honest', actions: [actionFor(life, signal)] }) as unknown as AnyConnector,
    integrationEnters: (reference, more = {}) => write(reference, more.total ?? '24.00', 'integration', more.visibleAt ?? trueNow()),
    visible: () => erp.documents.filter((one) => one.visibleAt !== null && one.visibleAt <= trueNow()),
    madeByUs: (reference) => erp.documents.filter((one) => one.by === 'plumbline' && one.reference === reference).length,
    connectionsBreak() {
      for (const { document, lateMs } of held.splice(0)) document.visibleAt = trueNow() + lateMs
    },
  }
  return erp
}

/** The answer, if the one who asked is still there to hear it. */
export function lives<T>(life: Life, answer: T | Promise<T>): Promise<T> {
  return Promise.resolve(answer).then(
    (value) => (life.alive ? value : life.ended),
    (error: unknown) => (life.alive ? Promise.reject(error) : life.ended),
  )
}

export const noAnswer: Fault = fault('unreachable', 'The ERP does not answer.')
