/** The last step of testing a shop's connection: whether its clock and ours tell the same time. */
import { clockOffsetMaxMs } from '../../domain/connection.ts'
import type { Check } from './definition.ts'

type Step = Check['steps'][number]

export function clockStep(platform: string, offsetMs: number | null): Step {
  const title = 'Compare clocks'
  if (offsetMs === null)
    return {
      title,
      state: 'warning',
      says: `${platform} does not state its time, so it is taken to be ours.`,
    }
  const secondsApart = Math.round(Math.abs(offsetMs) / 1000)
  if (Math.abs(offsetMs) <= clockOffsetMaxMs)
    return { title, state: 'ok', says: `The clocks are ${secondsApart} s apart.` }
  const direction = offsetMs > 0 ? 'behind' : 'ahead of'
  const says = `The shop's clock is ${secondsApart} s ${direction} this computer's. Set the wrong one right, or times will mislead.`
  return { title, state: 'warning', says }
}
