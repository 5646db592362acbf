/** Keeps incidents true: judges what changed and what fell due, looks up absences live before it believes them. */
import { setImmediate as breathe } from 'node:timers/promises'
import type { Chance, Clock } from '../../domain/clock.ts'
import type { Subject } from '../../domain/incident.ts'
import type { Pair } from '../../domain/pair.ts'
import { days } from '../../domain/time.ts'
import type { Tx } from '../store/database.ts'
import type { Store } from '../store/store.ts'
import { type Doubt, type LookUp, confirmKind, confirmOrders, inBatches, nextRound, rereadStock } from './absence.ts'
import { judgeFlowsLive } from './awaited.ts'
import { type Families, noFamilies, settleFamilies } from './families.ts'
import { type Judgement, claimsAbsence, isDoubtful, judgeKind, judgeOrder, judgeStock, unjudged } from './judge.ts'
import { type LookParts, lookAtDays } from './close/looks.ts'
import { type Change, keep } from './keep.ts'
import { kinds } from './kinds.ts'
import { orderSubject } from './lenses/order.ts'
import { productKind } from './lenses/product.ts'
import { partsOfKey, stockSubject } from './lenses/stock.ts'
import { mendedOrders } from './mended.ts'
import { refreshMethods } from './methods.ts'
import { newRounds } from './rounds.ts'
import { basisChanged, keepBasis } from './price-basis.ts'
import { judgeAgreed, mayPassOver } from './shortcut.ts'
import { type PairSight, sightOf } from './sight.ts'
import type { StaleAfter } from './lenses/stream.ts'
import { noteStaleness } from './staleness-points.ts'
import { type Subjects, doubtfulOrders, everyOrder, everyStock, noSubjects, stockOf, takeAllDirty, takeDirty, takeDue, takeTaxed } from './subjects.ts'

export interface ReconcilerParts {
  readonly store: Store
  readonly clock: Clock
  readonly chance: Chance
  readonly lookUp: LookUp
  /** Runs inside the transaction that changed incidents, so that a notice is never lost between the two. */
  readonly onChange: (tx: Tx, changes: readonly Change[]) => void
  /** A bug of ours met while one subject was judged: the others are judged all the same. */
  readonly failed?: (error: unknown) => void
  /** Gathers every order, also those on which both sides agree: what the shortcut past them must equal. */
  readonly gatherAll?: true
  /** At which age a stream is late by the pace it is read at; by default no pace is known, and its class alone counts. */
  readonly staleAfter?: StaleAfter
  /** The business days that are signed; left out, they are those of UTC, of the last three months, and nobody is told that one moved. */
  readonly days?: Omit<LookParts, 'store'>
}

export interface Run {
  readonly judged: number
  readonly changes: readonly Change[]
}

const dirtyBatch = 1000

export function reconciler(parts: ReconcilerParts) {
  const { store, clock } = parts
  const skips = (pair: Pair): boolean => parts.gatherAll !== true && mayPassOver(pair)
  const families = new Map<string, Families>()
  const mended = mendedOrders(parts)
  const looks: LookParts = { store, ...(parts.days ?? { zone: 'UTC', retentionMs: () => days(90), moved: () => undefined }) }
  const rounds = newRounds({ store, zone: looks.zone, staleAfter: parts.staleAfter ?? (() => 0), failed: (error) => parts.failed?.(error) })

  /** What changed or fell due, for every pair and connection. */
  async function run(): Promise<Run> {
    const changes: Change[] = []
    let judged = 0
    for (const pair of store.pairs.list()) await mended.reread(pair, clock.now())
    const pending = await claimEverything()
    for (const pair of store.pairs.list()) {
      if (isGone(pair)) continue
      const subjects = pending.get(pair.id) ?? noSubjects()
      if (refreshMethods(store, pair, clock.now())) takeTaxed(store, pair, subjects)
      const sight = sightOf(store, pair)
      const covered = [sight.orders, sight.stock, sight.products, sight.customers, ...Object.values(sight.documents)]
      // whose own documents are further behind is met again, and waits again
      takeDue(store, pair, Math.max(0, ...covered.flatMap((one) => one.to ?? [])), subjects, 100_000)
      const rebased = basisChanged(store, pair, sight.shopPricesWithTax)
      if (rebased) for (const page of productKind.every(store, pair)) for (const key of page) subjects.others.product.add(key)
      judged += await judgeAll(pair, sight, subjects, changes)
      if (rebased && !isGone(pair)) keepBasis(store, pair, sight.shopPricesWithTax)
    }
    await lookBack(false)
    judgeByClock(changes, false)
    return { judged, changes }
  }

  /** Everything of every pair, from the records alone: must give what `run` gives. */
  async function full(): Promise<Run> {
    const changes: Change[] = []
    let judged = 0
    const pending = await claimEverything()
    for (const pair of store.pairs.list()) {
      if (isGone(pair)) continue
      const subjects = pending.get(pair.id) ?? noSubjects()
      refreshMethods(store, pair, clock.now())
      const sight = sightOf(store, pair)
      for (const page of skips(pair) ? doubtfulOrders(store, sight) : everyOrder(store, pair)) {
        for (const number of page) subjects.orders.add(number)
        await breathe()
      }
      for (const page of everyStock(store, pair)) for (const key of page) subjects.stock.add(key)
      for (const kind of kinds) {
        for (const page of kind.every(store, pair)) for (const key of page) subjects.others[kind.over].add(key)
      }
      judged += await judgeAll(pair, sight, subjects, changes)
    }
    await lookBack(true)
    judgeByClock(changes, true)
    return { judged, changes }
  }

  /** All dirty records of all pairs first: a document may belong to a rival pair, and claims must be there before judging. */
  async function claimEverything(): Promise<Map<string, Subjects>> {
    const pairs = store.pairs.list()
    const pending = new Map(pairs.map((pair) => [pair.id, noSubjects()]))
    for (const pair of pairs) {
      const subjects = pending.get(pair.id) ?? noSubjects()
      const take = () => !isGone(pair) && store.transaction((tx) => takeDirty(tx, store, pair, subjects, dirtyBatch)) === dirtyBatch
      while (take()) await breathe()
    }
    for (const pair of pairs) {
      for (const rival of pairs) {
        if (rival.id === pair.id || rival.erp !== pair.erp) continue
        for (const number of pending.get(rival.id)?.orders ?? []) {
          if (store.claims.records(pair.id, number).length > 0) pending.get(pair.id)?.orders.add(number)
        }
      }
    }
    return pending
  }

  async function judgeAll(pair: Pair, sight: PairSight, subjects: Subjects, changes: Change[]): Promise<number> {
    await judgeFlow(sight, subjects, changes)
    const absent = await judgeOrders(sight, subjects, changes, null)
    const answers = await confirmOrders(parts, pair, absent)
    if (isGone(pair)) return subjects.orders.size
    // what the look-ups brought is judged with the rest; what else comes meanwhile is marked, and the next run's
    const more = noSubjects()
    takeAllDirty(store, pair, more)
    for (const number of absent.keys()) more.orders.add(number)
    await judgeOrders(sight, more, changes, answers)
    for (const key of more.stock) subjects.stock.add(key)
    const others = await judgeOthers(sight, [subjects, more], changes)
    await judgeStocks(sight, [...subjects.stock], changes)
    if (!isGone(pair) && subjects.stock.size > 0 && sight.stock.to !== null) noteStaleness(store, pair.id, sight.stock.to)
    return subjects.orders.size + subjects.stock.size + others
  }

  /** What is new is told only once the shop has shown the figure live: its lists may lag behind it. */
  async function judgeStocks(sight: PairSight, keys: readonly string[], changes: Change[]): Promise<void> {
    const { pair } = sight
    const judge = (key: string): Judgement => {
      const { sku, location } = partsOfKey(key)
      return safely(pair, stockSubject(pair, sku, location), () => judgeStock(store, sight, sku, location))
    }
    const doubted: string[] = []
    await inBatches(keys, (part) => {
      if (isGone(pair)) return
      const judged = store.read(() => part.map((key) => ({ key, judgement: judge(key) })))
      const isNew = ({ judgement }: (typeof judged)[number]): boolean => judgement.found.some(({ finding }) => !isKnown(pair.id, finding))
      doubted.push(...judged.filter(isNew).map(({ key }) => key))
      commit(pair.id, changes, judged.filter((one) => !isNew(one)).map(({ judgement }) => () => judgement))
    })
    await rereadStock(parts, pair, doubted)
    await inBatches(doubted, (part) => {
      if (!isGone(pair)) commit(pair.id, changes, part.map((key) => () => judge(key)))
    })
  }

  async function judgeOthers(sight: PairSight, subjects: readonly Subjects[], changes: Change[]): Promise<number> {
    const { pair } = sight
    let judged = 0
    for (const kind of kinds) {
      const keys = [...new Set(subjects.flatMap((one) => [...one.others[kind.over]]))]
      judged += keys.length
      const judge = (key: string) =>
        safely(pair, { kind: kind.subjectKind, connection: pair.shop, key }, () => judgeKind(store, sight, kind, key))
      const absent: string[] = []
      await inBatches(keys, (part) => {
        if (isGone(pair)) return
        const ready: (() => Judgement)[] = []
        // an absence can only be looked for where it was judged; the rest is judged as it is written down
        for (const key of part) {
          if (!claimsAbsence(kind.over)) ready.push(() => judge(key))
          else {
            const judgement = judge(key)
            if (judgement.found.some((one) => one.absentOn !== null && !isKnown(pair.id, one.finding))) absent.push(key)
            else ready.push(() => judgement)
          }
        }
        commit(pair.id, changes, ready)
      })
      const answers = await confirmKind(parts, pair, kind, absent)
      await inBatches(absent, (part) => {
        if (isGone(pair)) return
        commit(pair.id, changes, part.map((key) => () => believe(judge(key), answers.get(key) ?? null, sight)))
      })
    }
    return judged
  }

  /**
   * Judges order numbers. While `answers` is null, what claims an absence that is new is kept back and returned, by
   * number, with the side it is absent on; else an absence is believed only where the side answered that it is so. So is
   * what speaks of documents that may have been deleted since they were read, or of figures that may be old ones.
   */
  async function judgeOrders(
    sight: PairSight,
    subjects: Subjects,
    changes: Change[],
    answers: ReadonlyMap<string, string | null> | null,
  ): Promise<ReadonlyMap<string, Doubt>> {
    const { pair } = sight
    const absent = new Map<string, Doubt>()
    const passes = skips(pair)
    const judge = (number: string) =>
      safely(pair, orderSubject(pair, number), () => (passes ? judgeAgreed(store, sight, number) : null) ?? judgeOrder(store, sight, number))
    await inBatches([...subjects.orders], (part) => {
      if (isGone(pair)) return
      const ready: (() => Judgement)[] = []
      for (const judgement of store.read(() => part.map(judge))) {
        const number = judgement.subject.key
        for (const key of stockOf(pair, [...store.stock.waitingOf(pair.id, number), ...judgement.waiting])) {
          subjects.stock.add(key)
        }
        const claim = judgement.found.find((one) => isDoubtful(one) && !isKnown(pair.id, one.finding))
        if (claim === undefined) ready.push(() => judgement)
        else if (answers === null) absent.set(number, claim.absentOn ?? claim.rereads ?? 'drafts')
        else ready.push(() => believe(judgement, answers.has(number) ? (answers.get(number) ?? null) : nextRound, sight))
      }
      commit(pair.id, changes, ready)
    })
    return absent
  }

  /** A person may remove a pair while it is judged: nothing is opened for it any more. */
  function isGone(pair: Pair): boolean {
    return store.pairs.get(pair.id) === null
  }

  function safely(pair: Pair, subject: Subject, judge: () => Judgement): Judgement {
    try {
      return judge()
    } catch (error) {
      parts.failed?.(error)
      return unjudged(store, pair.id, subject)
    }
  }

  function isKnown(pair: string, finding: Judgement['found'][number]['finding']): boolean {
    const known = store.incidents.find(pair, finding.rule, finding.subject)
    return known !== null && known.state !== 'resolved'
  }

  /** An absence that could not be looked up is not judged, and tried again when the sides are read further. */
  function believe(judgement: Judgement, doubt: string | null, sight: PairSight): Judgement {
    if (doubt === null) return judgement
    const kept = judgement.found.filter((one) => !isDoubtful(one) || isKnown(sight.pair.id, one.finding))
    const until = (sight.orders.to ?? clock.now()) + 1
    const doubted = judgement.found
      .filter((one) => !kept.includes(one))
      .map(({ finding }) => ({ pair: sight.pair.id, rule: finding.rule, subject: finding.subject, why: doubt, until }))
    return { ...judgement, found: kept, notJudged: [...judgement.notJudged, ...doubted] }
  }

  /** Before its orders and stock: what a stopped flow holds up is then opened under it, and told with it. */
  async function judgeFlow(sight: PairSight, subjects: Subjects, changes: Change[]): Promise<void> {
    const { pair } = sight
    if (isGone(pair)) return
    try {
      const judgements = await judgeFlowsLive(parts, sight, () => takeAllDirty(store, pair, subjects))
      if (isGone(pair)) return
      commit(pair.id, changes, judgements.map((judgement) => () => judgement))
    } catch (error) {
      parts.failed?.(error)
    }
    store.transaction((tx) => {
      const settled = settleFamilies(tx, store, pair, clock.now())
      families.set(pair.id, settled.families)
      const told = settled.released.flatMap((id): Change[] => {
        const incident = store.incidents.get(id)
        return incident === null ? [] : [{ incident: id, rule: incident.rule, severity: incident.severity, what: 'opened' }]
      })
      if (told.length > 0) parts.onChange(tx, told)
      changes.push(...told)
    })
  }

  /** After all else is judged: what a day says follows from it. */
  async function lookBack(all: boolean): Promise<void> {
    for (const pair of store.pairs.list()) {
      try {
        // oxlint-disable-next-line no-await-in-loop -- one pair after the other: nothing here is in a hurry
        await lookAtDays(looks, pair, clock.now(), all)
      } catch (error) {
        parts.failed?.(error)
      }
    }
  }

  function judgeByClock(changes: Change[], all: boolean): void {
    for (const { pair, judgements } of rounds.judge(clock.now(), all)) {
      commit(pair, changes, judgements.map((judgement) => () => judgement))
    }
  }

  function commit(pair: string | null, changes: Change[], judgements: readonly (() => Judgement)[]): void {
    if (judgements.length === 0) return
    const { parentOf } = families.get(pair ?? '') ?? noFamilies
    store.transaction((tx) => {
      const fresh: Change[] = []
      for (const judgement of judgements) {
        keep({ tx, store, chance: parts.chance, now: clock.now(), pair, parentOf, changes: fresh }, judgement())
      }
      if (fresh.length > 0) parts.onChange(tx, fresh)
      changes.push(...fresh)
    })
  }

  return { run, full }
}
