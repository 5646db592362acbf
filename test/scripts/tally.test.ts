import { describe, expect, it } from 'vitest'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { aCheckout } from './checkout.ts'

const passed = { fullName: 'polls', status: 'passed', failureMessages: [] }
const kept = { fullName: 'keeps two', status: 'passed', failureMessages: [] }
const failed = { fullName: 'keeps', status: 'failed', failureMessages: ['expected 1 to be 2\nat …'] }
const skipped = { fullName: 'prints', status: 'skipped', failureMessages: [] }

const unreadable = {
  testResults: [{ name: 'a.test.ts', status: 'failed', message: 'Unexpected token', assertionResults: [] }],
}

function vitest(...assertionResults: object[]): object {
  return { testResults: [{ name: 'a.test.ts', status: 'passed', message: '', assertionResults }] }
}

function playwright(status: string): object {
  const spec = { title: 'repairs', tests: [{ status, results: [{ errors: [] }] }] }
  const group = { title: 'an order', specs: [spec] }
  return { errors: [], suites: [{ title: 'journey.spec.ts', specs: [], suites: [group] }] }
}

type Tally = { readonly exit: number | null; readonly lines: readonly string[] }

function tally(report: unknown, { code = 0, skips = {}, other = vitest(kept) } = {}): Tally {
  const root = aCheckout({
    'skips.json': skips, 'other.json': other, ...(report === null ? {} : { 'a.json': report }),
  })
  const script = join(import.meta.dirname, '../../scripts/tally.mjs')
  const args = [script, 'skips.json', 'other=0=other.json', `suite=${code}=a.json`]
  const done = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
  return { exit: done.status, lines: done.stdout.trimEnd().split('\n') }
}

describe('the tally of a run', () => {
  it('is one line of counts when all passed', () => {
    expect(tally(vitest(passed, passed))).toEqual({ exit: 0, lines: ['3 passed, 0 failed, 0 skipped'] })
  })

  it('names a failed test and why', () => {
    expect(tally(vitest(passed, failed), { code: 1 })).toEqual({
      exit: 1,
      lines: ['FAILED suite: keeps', '    expected 1 to be 2', '2 passed, 1 failed, 0 skipped'],
    })
  })

  it('fails on a skipped test nobody gave a reason for', () => {
    const { exit, lines } = tally(vitest(passed, skipped))
    expect(exit).toBe(1)
    expect(lines.at(-1)).toBe('2 passed, 1 failed, 1 skipped')
  })

  it('accepts a skipped test with its reason, and prints it', () => {
    expect(tally(vitest(passed, skipped), { skips: { prints: 'no printer here' } })).toEqual({
      exit: 0,
      lines: ['SKIPPED suite: prints', '    no printer here', '2 passed, 0 failed, 1 skipped'],
    })
  })

  it('does not call skipped what another suite ran', () => {
    const other = vitest({ ...skipped, status: 'passed' })
    expect(tally(vitest(passed, skipped), { other })).toEqual({
      exit: 0, lines: ['2 passed, 0 failed, 0 skipped'],
    })
  })

  it('names a listed skip that did not happen', () => {
    expect(tally(vitest(passed), { skips: { prints: 'no printer here' } }).lines[0])
      .toBe('skips.json lists a test that was not skipped: prints')
  })

  it.each([
    ['wrote no report', null, 0],
    ['wrote half a report', '{"testResults": [', 0],
    ['ran no test', vitest(), 0],
    ['ended badly though every test passed', vitest(passed), 1],
    ['has a file that could not be read', unreadable, 0],
    ['left a test unfinished', vitest({ ...passed, status: 'pending' }), 0],
    ['has a journey that failed', playwright('unexpected'), 0],
    ['has a journey that passed only at the second try', playwright('flaky'), 0],
    ['failed outside of any journey', { errors: [{ message: 'no config' }], suites: [] }, 0],
  ])('counts one failure when a suite %s', (_how, report, code) => {
    const { exit, lines } = tally(report, { code })
    expect(exit).toBe(1)
    expect(lines.at(-1)).toMatch(/, 1 failed, 0 skipped$/)
  })

  it('gives a journey the titles around it', () => {
    expect(tally(playwright('skipped'), { skips: { 'an order repairs': 'no window' } }).exit).toBe(0)
  })
})
