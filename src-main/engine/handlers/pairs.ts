/** Answers about pairs: their settings, and the live try-out of a reference pattern on real numbers. */
import type { z } from 'zod'
import type { referenceTryView, PairView } from '../../contract/views.ts'
import { type Pair, type PairSettings, numberIn, pairSchema, pairSettingsSchema, referenceProblem } from '../../domain/pair.ts'
import type { DomainRecord } from '../../domain/records.ts'
import { type Rooms, closeAbout, os } from './rooms.ts'

/** Real references shown in the try-out, and looked at for its count. */
const shown = 50
const looked = 500

export function pairHandlers(rooms: Rooms) {
  const { store } = rooms

  function viewOf(pair: Pair): PairView {
    return {
      id: pair.id,
      shop: pair.shop,
      erp: pair.erp,
      shopLabel: store.connections.get(pair.shop)?.label ?? pair.shop,
      erpLabel: store.connections.get(pair.erp)?.label ?? pair.erp,
      settings: pair.settings,
    }
  }

  /** Why these two cannot be a pair, and which of them it is about; null when they can. */
  function unfit(shop: string, erp: string): { readonly says: string; readonly field: 'shop' | 'erp' } | null {
    if (store.connections.get(shop)?.role !== 'shop') return { says: 'Choose a shop for the shop’s side.', field: 'shop' }
    return store.connections.get(erp)?.role === 'erp' ? null : { says: 'Choose an ERP for the ERP’s side.', field: 'erp' }
  }

  function freshId(shop: string, erp: string): string {
    const taken = new Set(store.pairs.list().map((pair) => pair.id))
    const wish = `${shop}-${erp}`.slice(0, 60)
    for (let count = 1; ; count += 1) {
      const id = count === 1 ? wish : `${wish}-${count}`
      if (!taken.has(id)) return id
    }
  }

  function tryReference(input: { shop: string; erp: string; reference: string | null; store: string | null }): z.infer<typeof referenceTryView> {
    const problem = input.reference === null ? null : referenceProblem(input.reference)
    if (problem !== null) return { problem, rows: [], matched: 0, total: 0 }
    const settings = pairSettingsSchema.parse({ reference: input.reference, store: input.store })
    const references = store.snapshots
      .newest(input.erp, 'orders', looked)
      .flatMap(({ record }) => (record.kind === 'erp-order' ? record.references : []))
    const tried = [...new Set(references)].map((reference) => {
      const number = numberIn(reference, settings, input.shop)
      const shopHasIt = number !== null && store.snapshots.byKey(input.shop, 'orders', 'number', number).length > 0
      return { reference, number, shopHasIt }
    })
    return {
      problem: null,
      rows: tried.slice(0, shown),
      matched: tried.filter((row) => row.shopHasIt).length,
      total: tried.length,
    }
  }

  function distinct(connection: string, stream: 'orders' | 'stock', pick: (record: DomainRecord) => string | null): string[] {
    const found = store.snapshots.newest(connection, stream, looked).flatMap(({ record }) => pick(record) ?? [])
    return [...new Set(found)].toSorted()
  }

  return {
    list: os.pairs.list.handler(() => store.pairs.list().map(viewOf)),
    save: os.pairs.save.handler(async ({ input, errors }) => {
      const problem = unfit(input.shop, input.erp)
      if (problem !== null) throw errors.REFUSED({ data: problem })
      const before = input.id === null ? null : store.pairs.get(input.id)
      const given = Object.fromEntries(Object.entries(input.settings).filter(([, value]) => value !== undefined))
      const settings: PairSettings = pairSettingsSchema.parse({ ...before?.settings, ...given })
      const pair = pairSchema.parse({
        id: before?.id ?? freshId(input.shop, input.erp),
        shop: input.shop,
        erp: input.erp,
        with: before?.with ?? [],
        settings,
      })
      store.transaction((tx) => {
        store.pairs.save(tx, pair)
        rooms.audit(tx, {
          what: before === null ? 'pair added' : 'pair changed',
          subject: `pair ${pair.id}`,
          before: before?.settings ?? null,
          after: pair.settings,
          why: null,
        })
      })
      await rooms.reconcile()
      rooms.publish(['pairs', 'overview', 'incidents', 'audit'])
      return viewOf(pair)
    }),
    remove: os.pairs.remove.handler(({ input, errors }) => {
      const pair = store.pairs.get(input.id)
      if (pair === null) throw errors.NOT_FOUND({ data: { says: `There is no pair ${input.id}.` } })
      store.transaction((tx) => {
        closeAbout(rooms, tx, (incident) => incident.pair === input.id, 'The pair was removed.')
        store.pairs.remove(tx, input.id)
        rooms.audit(tx, { what: 'pair removed', subject: `pair ${input.id}`, before: pair.settings, after: null, why: null })
      })
      rooms.publish(['pairs', 'overview', 'incidents', 'audit'])
      return {}
    }),
    tryReference: os.pairs.tryReference.handler(({ input }) => tryReference(input)),
    choices: os.pairs.choices.handler(({ input }) => ({
      shopLocations: distinct(input.shop, 'stock', (record) => (record.kind === 'stock' ? record.location : null)),
      erpLocations: distinct(input.erp, 'stock', (record) => (record.kind === 'stock' ? record.location : null)),
      channels: distinct(input.shop, 'orders', (record) => (record.kind === 'order' ? record.channel : null)),
      methods: distinct(input.shop, 'orders', (record) => (record.kind === 'order' ? record.payment.method : null)),
    })),
  }
}
