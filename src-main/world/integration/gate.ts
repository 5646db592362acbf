/** Where all traffic between shop and ERP goes through: while one of them is down it waits, and is tried again. */
import { second } from '../business/calendar.ts'
import { type Flow, isDown, type Stage } from '../business/stage.ts'

/** How often the integration looks whether what is down is back, and how fast it catches up. */
const probeEveryMs = 15 * second
const catchUpMs = 50

export function through(stage: Stage, flow: Flow, happens: () => void): void {
  if (!isDown(stage, flow)) {
    happens()
    return
  }
  stage.held.push({ flow, happens })
  if (stage.held.length === 1) probe(stage)
}

/** What was held keeps its order, flow by flow. */
function probe(stage: Stage): void {
  stage.agenda.after(probeEveryMs, () => {
    const held = stage.held.splice(0)
    const up = held.filter((one) => !isDown(stage, one.flow))
    stage.held.push(...held.filter((one) => !up.includes(one)))
    for (const [at, one] of up.entries()) stage.agenda.after(at * catchUpMs, () => through(stage, one.flow, one.happens))
    if (stage.held.length > 0) probe(stage)
  })
}

/** An errand of the integration's or of people in the ERP, some time from now. */
export function later(stage: Stage, spanMs: number, flow: Flow, happens: () => void): void {
  stage.agenda.after(spanMs, () => through(stage, flow, happens))
}
