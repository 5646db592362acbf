/** The levers of the demo, and what each pull of one led the world to expect. */
import type { Expected, Lever, LeverBoard, Pull } from '../contract/demo.ts'
import type { Planted, World } from '../world/world.ts'

export interface Board {
  view(): LeverBoard
  /** Does nothing for a lever that does not exist: a page may be older than the world. */
  pull(name: string, at: number): void
  /** Notes what was planted since the last look; true when there is more to tell of a pull. */
  look(): boolean
}

/** Pulls that are told of, the latest. */
const pullsMax = 3
/** Faults of one pull that are told of: a switch may go on breaking things for an hour. */
const expectedMax = 20

export function openBoard(world: Pick<World, 'levers' | 'pull' | 'truth'>): Board {
  let pulls: readonly Pull[] = []
  let count = 0
  let seen = world.truth().planted.length

  function fresh(): readonly Planted[] {
    const { planted } = world.truth()
    const since = planted.slice(seen)
    seen = planted.length
    return since
  }

  /** What is planted under a lever's scenario belongs to its latest pull, once as often as it was pulled. */
  function lead(planted: readonly Planted[]): boolean {
    const before = pulls
    for (const lever of world.levers) {
      const expected = planted.filter(({ scenario }) => scenario === lever.plants).map(expectedOf)
      const [pull] = pulls.filter((one) => one.lever === lever.name)
      if (expected.length === 0 || pull === undefined || pull.mended) continue
      // the same may happen by itself later on, and is nobody's pull then
      if (lever.kind === 'once' && pull.expected.length > 0) continue
      const led = { ...pull, expected: [...pull.expected, ...expected].slice(0, expectedMax) }
      pulls = pulls.map((one) => (one === pull ? led : one))
    }
    return pulls !== before
  }

  return {
    view: () => ({ levers: world.levers.map(shownLever), pulls }),
    pull(name, at) {
      const lever = world.levers.find((one) => one.name === name)
      if (lever === undefined) return
      // what the business planted by itself before is nobody's pull
      lead(fresh())
      count += 1
      pulls = [{ id: count, lever: name, title: lever.title, at, mended: lever.on, expected: [] }, ...pulls].slice(0, pullsMax)
      world.pull(name, at)
      lead(fresh())
    },
    look: () => lead(fresh()),
  }
}

function shownLever({ name, title, says, kind, on }: Lever): Lever {
  return { name, title, says, kind, on }
}

function expectedOf({ rule, subject }: Planted): Expected {
  return { rule, key: subject.kind === 'stream' ? null : subject.key }
}
