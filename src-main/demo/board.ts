/** The levers of the demo, those of the business and those of the wires, and what each pull led the world to expect. */
import type { Lever, LeverBoard, Pull } from '../contract/demo.ts'
import type { Planted, World } from '../world/world.ts'

/** A lever that is not the world's own: the weather between a platform and whoever asks it. */
export interface Hand {
  readonly name: string
  readonly title: string
  readonly says: string
  readonly on: () => boolean
  /** Breaks when it is off, mends when it is on. */
  readonly turn: (at: number) => void
  readonly expected: Pull['expected']
}

export interface Board {
  view(): LeverBoard
  /** Does nothing for a lever that does not exist: a page may be older than the world. */
  pull(name: string, at: number): void
  /** Notes what was planted since the last look; true when there is more to tell. */
  look(): boolean
}

/** Pulls that are told of, the latest. */
const pullsMax = 5
/** Faults of one pull that are told of: a switch may go on breaking things for an hour. */
const expectedMax = 20

export function openBoard(world: Pick<World, 'levers' | 'pull' | 'truth'>, hands: readonly Hand[]): Board {
  let pulls: readonly Pull[] = []
  let count = 0
  let seen = world.truth().planted.length

  function levers(): readonly Lever[] {
    const own = hands.map((hand): Lever => ({ name: hand.name, title: hand.title, says: hand.says, kind: 'switch', on: hand.on() }))
    return [...own, ...world.levers.map(({ name, title, says, kind, on }) => ({ name, title, says, kind, on }))]
  }

  function fresh(): readonly Planted[] {
    const { planted } = world.truth()
    const since = planted.slice(seen)
    seen = planted.length
    return since
  }

  function turn(lever: Lever, at: number): Pull['expected'] {
    const hand = hands.find(({ name }) => name === lever.name)
    if (hand === undefined) {
      // what the business planted by itself before is nobody's pull
      fresh()
      world.pull(lever.name, at)
      return fresh().map(faultOf)
    }
    hand.turn(at)
    return hand.expected
  }

  return {
    view: () => ({ levers: levers(), pulls }),
    pull(name, at) {
      const lever = levers().find((one) => one.name === name)
      if (lever === undefined) return
      const mended = lever.kind === 'switch' && lever.on
      const expected = turn(lever, at)
      count += 1
      const pull: Pull = { id: count, lever: name, title: lever.title, at, mended, expected: mended ? [] : expected.slice(0, expectedMax) }
      pulls = [pull, ...pulls].slice(0, pullsMax)
    },
    look() {
      const planted = fresh()
      if (planted.length === 0) return false
      pulls = pulls.map((pull) => led(pull, planted))
      return true
    },
  }
}

/** A scenario that a lever sets off is called as the lever is. */
function led(pull: Pull, planted: readonly Planted[]): Pull {
  if (pull.mended) return pull
  const more = planted.filter(({ scenario }) => scenario === pull.lever).map(faultOf)
  return more.length === 0 ? pull : { ...pull, expected: [...pull.expected, ...more].slice(0, expectedMax) }
}

function faultOf({ rule, subject }: Planted): Pull['expected'][number] {
  return { rule, key: subject.key }
}
