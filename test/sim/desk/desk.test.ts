/** What befalls the monitor itself is found in time, and what looks like it is left alone: over the smallest world. */
import { expect, it, vi } from 'vitest'
import { runSeed } from '../run.ts'
import { tinyStage } from '../tiny/stage.ts'
import { sleeps } from './sleep.ts'

/** Thousands of polls in each. */
vi.setConfig({ testTimeout: 60_000 })

it.each([
  ['a computer that slept for an hour or two says so at its waking, and still after a nap', 4, 1],
  ['a computer that only naps says nothing', 2, 0],
])('%s', async (_says, seed, found) => {
  const openStage = tinyStage({ lost: 0.02, doubled: 0, tardy: 0 })
  const { score, said } = await runSeed({ seed, days: 0.3, pollSeconds: 300, openStage, desk: [sleeps.name], historyPath: null })
  expect(score.failing.filter(({ says }) => says.startsWith('F12-monitor-blind'))).toEqual([])
  expect([score.scenarios.find((one) => one.name === sleeps.name)?.found ?? 0, said.filter((one) => one.rule === 'F12-monitor-blind').length]).toEqual([found, found])
})
