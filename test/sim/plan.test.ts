/** The simulation's command line: what it is asked for, and what is wrong with the asking. */
import { describe, expect, it } from 'vitest'
import { namedBy, planOf } from './plan.ts'

describe('the command line of the simulation', () => {
  it('names the scenarios that there are to whoever asks for another', () => {
    const plan = planOf(['--scenario', 'F02-order-lots'], ['F01-one', 'F02-two'])
    expect(plan).toEqual({ problem: 'There is no scenario "F02-order-lots". There are:\n  F01-one\n  F02-two' })
  })

  it('takes one scenario by its name, and all of a pattern by its letters', () => {
    const all = ['F01-one', 'F02-two', 'F02-three']
    expect(planOf(['--scenario', 'F02-two'], all)).toMatchObject({ scenario: 'F02-two' })
    expect(planOf(['--scenario', 'F02'], all)).toMatchObject({ scenario: 'F02' })
    expect(planOf(['--scenario', 'F03'], all)).toEqual({ problem: expect.stringContaining('There is no scenario "F03"') })
    expect(namedBy('F02', all)).toEqual(['F02-two', 'F02-three'])
  })

  it('takes several with commas, each once, and none where one of them names nothing', () => {
    const all = ['F01-one', 'F02-two', 'F02-three']
    expect([namedBy('F01-one,F02-two', all), namedBy('F02-two,F02', all), namedBy('F01-one,F03', all)]).toEqual([['F01-one', 'F02-two'], ['F02-two', 'F02-three'], []])
  })

  it.each([
    ['--seeds', 'many'],
    ['--seeds', '1.5'],
    ['--days', '-1'],
    ['--interval', '1'],
    ['--crashes', ''],
    ['--turns', '-1'],
    ['--errors', '2'],
    ['--faults', 'none'],
  ])('refuses %s %s, and says so', (name, value) => {
    expect(planOf([`${name}=${value}`], [])).toEqual({ problem: expect.stringContaining(`${name} takes a number`) })
  })

  it('takes a share of calls that fail, and of orders with a fault, and leaves both as they are otherwise', () => {
    expect(planOf(['--faults', '0', '--errors', '0.01'], [])).toMatchObject({ faults: 0, errors: 0.01 })
    expect(planOf([], [])).toMatchObject({ faults: null, errors: 0 })
  })

  it('has fair weather, unless each seed is asked to have its own', () => {
    expect(planOf([], [])).toMatchObject({ weather: false })
    expect(planOf(['--weather'], [])).toMatchObject({ weather: true })
  })

  it('lets only how much is found, and how often the wolf is cried, be unmet', () => {
    expect(planOf(['--unmet', 'missed,false-alarm'], [])).toMatchObject({ unmet: ['missed', 'false-alarm'] })
    expect(planOf(['--unmet', 'duplicate'], [])).toEqual({ problem: '--unmet takes some of missed, late, false-alarm, unexplained, wrong-cause, wrong-amount, and not "duplicate".' })
  })

  it('refuses a word that it does not know', () => {
    expect(planOf(['--seed-count', '3'], [])).toEqual({ problem: expect.stringContaining('--seed-count') })
  })

  it('takes another seed each time, and the one that it is given', () => {
    const seedOf = (args: readonly string[]) => {
      const plan = planOf(args, [])
      return 'problem' in plan ? null : plan.seed
    }
    expect(seedOf(['--seed', '17'])).toBe(17)
    expect(seedOf([])).not.toBe(seedOf([]))
  })
})
