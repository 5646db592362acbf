/**
 * Lets engines die at any call they make of the world outside and at any write of their own, on a disk that keeps only
 * what it promised, while a person repairs under bad weather: after each death nothing promised may be lost and what is
 * left must come to the verdicts of a fresh look, and at the end nothing may stand twice.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Instant, type Span, minutes, seconds } from '../../src-main/domain/time.ts'
import { verifyTrail } from '../../src-main/engine/audit/chain.ts'
import { openStore } from '../../src-main/engine/store/store.ts'
import { dice } from './chance.ts'
import { type Fate, type Left, type Moment, diskOf, dyingBy, fateOf } from './deaths.ts'
import { type DiskCopy, copyOf, lay, synchronousOf } from './disk.ts'
import { type Life, beginLife } from './life.ts'
import { openPerson } from './person.ts'
import { type Promises, brokenPromises, promisesIn, unknownWrites } from './promises.ts'
import { endLife, firstMonday } from './run.ts'
import type { Failing } from './score.ts'
import type { OpenStage, Stage } from './stage.ts'
import { type State, verdictsDiffer } from './verdicts.ts'
import { type VirtualClock, virtualClock } from './virtual-clock.ts'

export interface EndureParts {
  readonly seed: number
  readonly openStage: OpenStage
  readonly pollSeconds: number
  /** Goes on until so many deaths and so many confirmed replays. */
  readonly crashes: number
  readonly replays: number
  /** For the databases: in memory where the machine has such a place. */
  readonly folder: string
}

export interface Endured {
  readonly crashes: number
  /** Of those, how many fell into the middle of a write. */
  readonly torn: number
  /** At which moments they died. */
  readonly moments: ReadonlyMap<Moment, number>
  readonly replays: number
  readonly duplicates: number
  readonly lostIntents: number
  readonly failing: readonly Failing[]
  readonly simulatedMs: Span
}

/** How long one life goes on at most before it ends gently; and the last one, until all that is under way has ended. */
const lifeMax = minutes(120)
const quietMs = minutes(40)
const stepMs = seconds(20)
const synced = 2

interface Run extends EndureParts {
  readonly clock: VirtualClock
  readonly stage: Stage
  readonly roll: () => number
  /** Of its own, so that neither moves the other. */
  readonly rollMoment: () => number
  readonly fail: (what: Failing['what'], says: string) => void
}

export async function endure(parts: EndureParts): Promise<Endured> {
  const clock = virtualClock(firstMonday)
  const stage = parts.openStage({ seed: parts.seed, startsAt: firstMonday, now: clock.now })
  const failing: Failing[] = []
  const fail: Run['fail'] = (what, says) => void failing.push({ seed: parts.seed, scenario: null, what, says })
  const run: Run = { ...parts, clock, stage, fail, roll: dice(parts.seed, 'deaths'), rollMoment: dice(parts.seed, 'moments of death') }
  let crashes = 0
  let torn = 0
  const moments = new Map<Moment, number>()
  let replays = 0
  for (let nth = 1; ; nth += 1) {
    const isLast = crashes >= parts.crashes && replays >= parts.replays
    const dies = crashes < parts.crashes
    // oxlint-disable-next-line no-await-in-loop -- one engine after the other
    const lived = await live(run, { nth, dies, replaysMax: isLast ? 0 : dies ? Infinity : parts.replays - replays, isLast })
    replays += lived.replays
    if (lived.death !== null) {
      crashes += 1
      if (lived.death.isTorn) torn += 1
      const { moment } = lived.death
      moments.set(moment, (moments.get(moment) ?? 0) + 1)
      lay(lived.death.disk, pathOf(run, nth + 1))
      const broken = brokenPromises(lived.death.promises, pathOf(run, nth + 1), stage)
      for (const says of broken) fail('lost-intent', `after death ${crashes} (${moment}): ${says}`)
      // oxlint-disable-next-line no-await-in-loop -- before the next engine goes on with it
      for (const says of await judgedAnew(lived.death.disk, pathOf(run, nth), clock.now(), 'in the middle')) {
        fail('error', `after death ${crashes} (${moment}), ${says}`)
      }
    }
    remove(pathOf(run, nth))
    if (isLast) break
  }
  return {
    crashes,
    torn,
    moments,
    replays,
    duplicates: failing.filter((one) => one.what === 'duplicate').length,
    lostIntents: failing.filter((one) => one.what === 'lost-intent').length,
    failing,
    simulatedMs: clock.now() - firstMonday,
  }
}

interface Death {
  readonly moment: Moment
  readonly disk: DiskCopy
  readonly promises: Promises
  readonly isTorn: boolean
}

async function live(run: Run, given: { readonly nth: number; readonly dies: boolean; readonly replaysMax: number; readonly isLast: boolean }): Promise<{ readonly replays: number; readonly death: Death | null }> {
  const { clock, stage } = run
  const path = pathOf(run, given.nth)
  const fate = given.dies ? fateOf(run.roll, run.rollMoment) : null
  if (fate?.moment === 'opening' && given.nth > 1) return { replays: 0, death: deathOf(run, fate, path, cutInOpening(path, clock.now())) }
  const dying = fate === null ? null : dyingBy(fate, path)
  let life: Life | null = null
  const touched = (): void => {
    if (life !== null && dying?.called() === true) life.die()
  }
  life = await beginLife({
    stage, clock, seed: run.seed, nth: given.nth, databasePath: path, pollSeconds: run.pollSeconds, touched, ...(dying === null ? {} : { writes: dying }),
  })
  const person = openPerson(life)
  const until = clock.now() + (given.isLast ? quietMs : lifeMax)
  while (life.alive && clock.now() < until && person.confirmed < given.replaysMax + (given.isLast ? 1 : 0)) {
    // oxlint-disable-next-line no-await-in-loop -- time goes on step by step
    await clock.advanceTo(clock.now() + stepMs)
    if (life.alive && !given.isLast) person.act(clock.now())
  }
  for (const says of life.errors) run.fail('error', says)
  if (fate !== null && dying !== null && dying.left !== null) return { replays: person.confirmed, death: await burialOf(run, fate, life, path, dying.left) }
  if (given.isLast) await checkAtRest(run, life, path)
  await endLife(life, clock)
  lay(copyOf(path), pathOf(run, given.nth + 1))
  return { replays: person.confirmed, death: null }
}

async function burialOf(run: Run, fate: Fate, life: Life, path: string, left: Left): Promise<Death> {
  // what it was just writing, with nobody outside who could hear of it
  const after = left.after ?? copyOf(path)
  await life.bury()
  return deathOf(run, fate, path, { before: left.before, after })
}

/** All that an opening writes, before anybody goes on with it. */
function cutInOpening(path: string, now: Instant): { readonly before: DiskCopy; readonly after: DiskCopy } {
  const before = copyOf(path)
  const store = openStore(path, now)
  try {
    return { before, after: copyOf(path) }
  } finally {
    store.close()
  }
}

function deathOf(run: Run, fate: Fate, path: string, { before, after }: { readonly before: DiskCopy; readonly after: DiskCopy }): Death {
  if (synchronousOf(path) !== synced) run.fail('error', 'the store does not ask the disk to keep what it acknowledges')
  const probe = `${path}-promised`
  lay(before, probe)
  const promises = promisesIn(probe, run.stage)
  remove(probe)
  return { moment: fate.moment, promises, ...diskOf(fate, before, after, run.roll) }
}

/** When all that was under way had time to end: everything adds up, and the file says what a fresh look at it says. */
async function checkAtRest(run: Run, life: Life, path: string): Promise<void> {
  const { stage, fail, clock } = run
  const { store } = life.engine
  const trail = verifyTrail(store)
  if (!trail.intact) fail('error', `the audit trail does not hold: ${trail.says}`)
  const intents = store.intents.list(1_000_000, 0)
  for (const { id, state, target } of intents) {
    if (state === 'confirmed' || state === 'sending') fail('lost-intent', `the replay ${id} of ${target} is ${state} for ever`)
  }
  for (const says of unknownWrites(intents, stage)) fail('lost-intent', says)
  const standing = new Map(stage.standing().map((one) => [one.number, one]))
  for (const { number, byUs } of standing.values()) {
    if (byUs > 1) fail('duplicate', `order ${number} was written ${byUs} times`)
  }
  for (const says of await judgedAnew(copyOf(path), path, clock.now(), 'at rest')) fail('error', says)
}

async function judgedAnew(disk: DiskCopy, path: string, now: Instant, state: State): Promise<readonly string[]> {
  const copy = `${path}-anew`
  lay(disk, copy)
  try {
    return (await verdictsDiffer(copy, now, state)).map((says) => `judged anew it is another verdict: ${says}`)
  } finally {
    remove(copy)
  }
}

function pathOf({ folder, seed }: Pick<Run, 'folder' | 'seed'>, nth: number): string {
  return join(folder, `life-${seed}-${nth}.sqlite`)
}

function remove(path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true })
}
