/** Answers about pairs: their settings, and the live try-out of a reference pattern on real numbers. */
import type { z } from 'zod'
import type { referenceTryView, PairView } from '../../contract/views.ts'
import { type Pair, type PairSettings, numberIn, pairSchema, pairSettingsSchema, referenceProblem } from '../../domain/pair.ts'
import { mapsProblem } from '../../domain/pair-maps.ts'
import type { DomainRecord } from '../../domain/records.ts'
import { seconds } from '../../domain/time.ts'
import { catalogue } from '../reconcile/registry.ts'
import { ruleProblem } from '../reconcile/rule-settings.ts'
import { slowness } from './reference-pattern.ts'
import { historyOf } from './history.ts'
import { type Rooms, closeAbout, os } from './rooms.ts'
import { lacksWhy, rulesChanged } from './rule-changes.ts'

/** Real references shown in the try-out, and looked at for its count. */
const shown = 50
const looked = 500

/** Verdicts that take longer are told when they come. */
const judgedWithin = seconds(5)

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
    // never one that was used before: incidents and the audit trail go on naming what had it
    const used = new Set([...store.pairs.list().map((pair) => `pair ${pair.id}`), ...store.audit.subjectsOf('pair added')])
    const wish = `${shop}-${erp}`.slice(0, 60)
    for (let count = 1; ; count += 1) {
      const id = count === 1 ? wish : `${wish}-${count}`
      if (!used.has(`pair ${id}`)) return id
    }
  }

  function referencesOf(erp: string): readonly string[] {
    return store.snapshots
      .newest(erp, 'orders', looked)
      .flatMap(({ record }) => (record.kind === 'erp-order' ? record.references : []))
  }

  /** Why a pattern cannot be used with this ERP, in words; null when it can, or where there is none. */
  function troubleWith(reference: string | null | undefined, erp: string): string | null {
    if (reference == null) return null
    return referenceProblem(reference) ?? slowness(reference, referencesOf(erp))
  }

  /** Two shops on one ERP that both find a number in one reference: neither could say whose order it is. */
  function overlapping(input: { id: string | null; shop: string; erp: string }, before: PairSettings | null, mine: PairSettings): string | null {
    // a pair that stands so already may change whatever else it likes
    if (before !== null && before.reference === mine.reference && before.store === mine.store) return null
    const rivals = store.pairs.list().filter((one) => one.id !== input.id && one.erp === input.erp && one.shop !== input.shop)
    for (const rival of rivals) {
      const both = referencesOf(input.erp).find((reference) => isOfBoth(reference, { shop: input.shop, settings: mine }, rival))
      if (both === undefined) continue
      const label = store.connections.get(rival.shop)?.label ?? rival.shop
      const isTold = mine.reference !== null && rival.settings.reference !== null
      const fits = isTold ? `fits this pattern and that of ${label}, too` : `names an order of this shop and one of ${label}, as far as their patterns tell`
      return `The reference ${both} ${fits}: give each shop a store code, and the pattern a group named store.`
    }
    return null
  }

  /** Without a pattern any text is a number: of that shop where the other finds the same in it, or where the shop has it. */
  function isOfBoth(reference: string, mine: Pick<Pair, 'shop' | 'settings'>, theirs: Pick<Pair, 'shop' | 'settings'>): boolean {
    const numbers = [mine, theirs].map(({ shop, settings }) => numberIn(reference, settings, shop))
    if (numbers.some((number) => number === null)) return false
    if (numbers[0] === numbers[1]) return true
    return [mine, theirs].every(({ shop, settings }) => settings.reference !== null || store.snapshots.byKey(shop, 'orders', 'number', reference.trim()).length > 0)
  }

  function tryReference(input: { shop: string; erp: string; reference: string | null; store: string | null }): z.infer<typeof referenceTryView> {
    const problem = troubleWith(input.reference, input.erp)
    if (problem !== null) return { problem, rows: [], matched: 0, total: 0 }
    const settings = pairSettingsSchema.parse({ reference: input.reference, store: input.store })
    const tried = [...new Set(referencesOf(input.erp))].map((reference) => {
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

  /** A person waits for the verdicts under new settings, but not while a large shop is judged anew. */
  async function judgedOrLate(): Promise<void> {
    const over = new AbortController()
    const late = rooms.clock.sleep(judgedWithin, over.signal).catch(() => undefined)
    await Promise.race([rooms.reconcile(), late])
    over.abort(new DOMException('judged', 'AbortError'))
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
      if (input.id !== null && before === null) throw errors.NOT_FOUND({ data: { says: 'This pair was removed meanwhile.' } })
      if (before !== null && (before.shop !== input.shop || before.erp !== input.erp)) {
        const says = 'A pair keeps its two sides, because what was found belongs to them. Make a new pair instead.'
        throw errors.REFUSED({ data: { says, field: before.shop === input.shop ? 'erp' : 'shop' } })
      }
      const trouble = troubleWith(input.settings.reference, input.erp)
      if (trouble !== null) throw errors.REFUSED({ data: { says: `The reference pattern ${trouble}.`, field: 'reference' } })
      const why = input.why === '' ? null : input.why
      const unsaid = lacksWhy(before?.settings.rules ?? {}, input.settings.rules ?? {}, why)
      if (unsaid !== null) throw errors.REFUSED({ data: { says: unsaid, field: 'why' } })
      const refusal = ruleProblem({ rules: input.settings.rules ?? {} }, catalogue)
      if (refusal !== null) throw errors.REFUSED({ data: { says: refusal, field: 'rules' } })
      const given = Object.fromEntries(Object.entries(input.settings).filter(([, value]) => value !== undefined))
      // each map may be fine alone and not beside what was there before
      const contradiction = mapsProblem({ ...before?.settings, ...given })
      if (contradiction !== null) throw errors.REFUSED({ data: { says: contradiction, field: 'packs' } })
      const settings: PairSettings = pairSettingsSchema.parse({ ...before?.settings, ...given })
      const overlap = overlapping(input, before?.settings ?? null, settings)
      if (overlap !== null) throw errors.REFUSED({ data: { says: overlap, field: 'reference' } })
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
          why,
        })
        rulesChanged(rooms, tx, { pair, before: before?.settings.rules ?? {}, why })
      })
      await judgedOrLate()
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
      rooms.publish(['pairs', 'overview', 'incidents', 'notices', 'audit'])
      return {}
    }),
    history: os.pairs.history.handler(({ input }) => historyOf(store, `pair ${input.id}`, 'rules')),
    tryReference: os.pairs.tryReference.handler(({ input }) => tryReference(input)),
    choices: os.pairs.choices.handler(({ input }) => ({
      shopLocations: distinct(input.shop, 'stock', (record) => (record.kind === 'stock' ? record.location : null)),
      erpLocations: distinct(input.erp, 'stock', (record) => (record.kind === 'stock' ? record.location : null)),
      channels: distinct(input.shop, 'orders', (record) => (record.kind === 'order' ? record.channel : null)),
      methods: distinct(input.shop, 'orders', (record) => (record.kind === 'order' ? record.payment.method : null)),
      actors: distinct(input.erp, 'orders', (record) => (record.kind === 'erp-order' ? record.createdBy : null)),
    })),
  }
}
