/** The proof after a send: how often it is looked for, how long, and what each answer means. */
import { describe, expect, it } from 'vitest'
import { type Fault, type Outcome, failed, ok } from '../../../src-main/domain/fault.ts'
import { minutes, seconds } from '../../../src-main/domain/time.ts'
import type { Verification } from '../../../src-main/engine/connectors/definition.ts'
import type { Action, Door, ReplayParts } from '../../../src-main/engine/replay/parts.ts'
import { proofOf, prove } from '../../../src-main/engine/replay/verify.ts'
import { steppingClock } from '../../support/api.ts'
import { anIntent } from '../../support/builders.ts'
import { monday } from '../../support/clock.ts'
import { aFault } from '../../support/scripted-connector.ts'

const one = { id: 'so-1', number: 'SO1', matches: true, says: 'SO1, 24.00 EUR.' }
const two = { ...one, id: 'so-2', number: 'SO2' }

/** Proves over the answers in order; the last one is given for ever. Returns what came out and how long it slept. */
async function proving(answers: readonly (Verification['found'] | Fault)[], more: { madeId?: string; lagMs?: number } = {}) {
  const clock = steppingClock(monday)
  let asked = 0
  const verify = async (): Promise<Outcome<Verification>> => {
    const answer = answers[Math.min(asked, answers.length - 1)] ?? []
    asked += 1
    return 'class' in answer ? failed(answer) : ok({ found: answer })
  }
  // what the proof reads of each
  const action = { visibilityLagMs: more.lagMs ?? minutes(2), verify } as unknown as Action
  const parts = { clock, signal: new AbortController().signal } as unknown as ReplayParts
  const door = { api: { signal: new AbortController().signal }, settings: {} } as unknown as Door
  const proof = await prove(parts, door, action, anIntent(), more.madeId ?? null)
  return { ...proof, slept: clock.slept }
}

describe('the proof', () => {
  it('probes with growing pauses, once more at the very end of the lag, and never before it calls it absent', async () => {
    const { to, slept } = await proving([[]])
    expect(to).toBe('absent')
    expect(slept.map((span) => span / 1000)).toEqual([1, 2, 4, 8, 15, 15, 15, 15, 15, 15, 15])
    expect(slept.slice(0, -1).reduce((sum, span) => sum + span, 0)).toBeLessThan(minutes(2))
    expect(slept.reduce((sum, span) => sum + span, 0)).toBe(minutes(2))
  })

  it('needs one look where the platform hides nothing', async () => {
    expect(await proving([[]], { lagMs: 0 })).toMatchObject({ to: 'absent', slept: [] })
  })

  it('is there at once when the document is found that the reply named', async () => {
    expect(await proving([[], [one]], { madeId: 'so-1' })).toMatchObject({ to: 'verified', targetId: 'so-1', slept: [seconds(1)] })
  })

  it('waits the lag out where no reply said which one is ours', async () => {
    const { to, slept } = await proving([[one]])
    expect([to, slept.reduce((sum, span) => sum + span, 0)]).toEqual(['verified', minutes(2)])
  })

  it.each([
    ['unclear at once, with both names, when there are two', [[one, two]], undefined, /SO1, SO2/],
    ['unclear when what stands there is not what was sent', [[{ ...one, matches: false }]], undefined, /not as it was sent/],
    ['unclear when only a cancelled one is there', [[{ ...one, cancelled: true, matches: false }]], undefined, /cancelled/],
    ['unclear when the ERP said that it made one and shows none', [[]], 'so-9', /answered that it made so-9/],
    ['unclear when the ERP said that it made one and shows another', [[one]], 'so-9', /finds another/],
  ] as const)('is %s', async (_title, answers, madeId, says) => {
    const proof = await proving(answers, madeId === undefined ? {} : { madeId })
    expect([proof.to, proof.says]).toEqual(['unclear', expect.stringMatching(says)])
  })

  it('asks on for a minute after the lag where no answer comes, and then tells a person', async () => {
    const { to, says, slept } = await proving([aFault('unreachable')])
    const whole = slept.reduce((sum, span) => sum + span, 0)
    expect([to, says]).toEqual(['unclear', 'Whether it arrived could not be found out: The platform says unreachable.'])
    expect(whole).toBeGreaterThanOrEqual(minutes(3))
    expect(whole).toBeLessThanOrEqual(minutes(3) + seconds(15))
  })

  it('does not ask on after the lag where only a person can help', async () => {
    const { to, slept } = await proving([aFault('permission')])
    expect([to, slept.reduce((sum, span) => sum + span, 0)]).toEqual(['unclear', minutes(2)])
  })

  it('goes by the last look: nothing seen before a fault proves nothing', async () => {
    const faults = Array.from({ length: 12 }, () => aFault('temporary'))
    expect((await proving([[], ...faults, []])).to).toBe('absent')
    expect((await proving([[], aFault('temporary')])).to).toBe('unclear')
  })

  it('takes a document that stands beside a cancelled one for the one', () => {
    expect(proofOf({ found: [{ ...two, cancelled: true, matches: false }, one] }, 'order.create')).toMatchObject({ to: 'verified', targetId: 'so-1' })
    expect(proofOf({ found: [] }, 'order.create')).toBeNull()
  })
})
