/** Whether judging step by step has come to what judging everything anew comes to, over one and the same file. */
import type { Instant } from '../../src-main/domain/time.ts'
import { ok } from '../../src-main/domain/fault.ts'
import { reconciler } from '../../src-main/engine/reconcile/reconciler.ts'
import { type Store, openStore } from '../../src-main/engine/store/store.ts'
import { seededChance } from './chance.ts'

const countMax = 1_000_000

/** `path` is a copy that may be written to. What differs, in words. */
export async function verdictsDiffer(path: string, now: Instant, state: State): Promise<readonly string[]> {
  const store = openStore(path, now)
  try {
    return await verdictsDifferIn(store, now, state)
  } finally {
    store.close()
  }
}

/** Whether its engine was at rest, or left things that the file says are still to be judged: those are judged first, step by step. */
export type State = 'at rest' | 'in the middle'

/** Of a store that is used for nothing else any more: what it says is judged anew in it. */
export async function verdictsDifferIn(store: Store, now: Instant, state: State): Promise<readonly string[]> {
  const judge = reconciler({
    store,
    clock: { now: () => now, sleep: () => Promise.reject(new Error('a judgement waits for nothing')) },
    chance: seededChance(0, 0),
    lookUp: async () => ok({ found: 0, complete: true }),
    onChange: () => undefined,
    failed: (error) => {
      throw error
    },
  })
  if (state === 'in the middle') await judge.run()
  const before = verdictsIn(store)
  await judge.full()
  const after = verdictsIn(store)
  return [
    ...[...before].filter((one) => !after.has(one)).map((one) => `only step by step: ${one}`),
    ...[...after].filter((one) => !before.has(one)).map((one) => `only anew: ${one}`),
  ]
}

/** Why something is not judged yet is told by the side that was furthest behind when it was asked: that may differ. */
function verdictsIn(store: Store): ReadonlySet<string> {
  const incidents = store.incidents
    .live(countMax)
    // what grows old is asked once a minute, and has a law of its own
    .filter(({ subject }) => subject.kind !== 'incident')
    .map(({ rule, subject, amount, cause }) => `${rule} of ${subject.kind} ${subject.key}: ${amount?.minor ?? '-'} ${amount?.currency ?? ''} ${cause ?? ''}`)
  const unjudged = store.judgements
    .notJudged(null, Number.MAX_SAFE_INTEGER)
    .flatMap(({ rule, why }) => store.judgements.notJudgedSubjects(null, Number.MAX_SAFE_INTEGER, { rule, why }, countMax).map((key) => `${rule} of ${key} not judged`))
  const outside = store.judgements.outOfScope(null).map(({ why, count }) => `${count} out of scope: ${why}`)
  return new Set([...incidents, ...unjudged, ...outside])
}
