/** Plays what befalls the monitor itself in one run, and adds what follows from it to the truth about the world. */
import type { Truth } from '../../../src-main/world/world.ts'
import { ourselves } from '../ourselves.ts'
import type { Trouble } from '../score.ts'
import type { DeskParts, DeskScenario } from './scenario.ts'
import { sleeps } from './sleep.ts'

export const deskScenarios: readonly DeskScenario[] = [sleeps]

export interface Desk {
  act(now: number): void
  truth(world: Truth): Truth
  readonly troubles: readonly Trouble[]
}

export function openDesk(names: readonly string[], parts: DeskParts): Desk {
  const all = deskScenarios.filter(({ name }) => names.includes(name)).map((one) => one.play(parts))
  return {
    act(now) {
      for (const one of all) one.act(now)
    },
    truth(world) {
      const labels = all.map((one) => one.labels())
      return {
        ...world,
        planted: [...world.planted, ...labels.flatMap((one) => one.planted)],
        innocents: [...world.innocents, ...labels.flatMap((one) => one.innocents)],
        excused: [...world.excused, ...labels.flatMap((one) => one.excused)],
      }
    },
    get troubles() {
      return all.flatMap((one) => one.slept?.() ?? []).map(({ from, to }) => ({ connection: ourselves, from, to }))
    },
  }
}
