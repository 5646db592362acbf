/** Measures what weeks on a wall cost: whether memory grows over ten thousand quiet polls. */
import { aScheduling } from '../support/scheduling.ts'
import { minutes } from '../../src-main/domain/time.ts'
import { type Figure, against } from './figures.ts'

const polls = 10_000

export async function measureSteady(): Promise<readonly Figure[]> {
  const { clock, scheduler, reads, store } = aScheduling({ quiet: true })
  const done = (): number => Object.values(reads()).reduce((sum, count) => sum + count, 0)
  scheduler.start()
  // everything that is made once, and the compiler's own, is behind us after the first tenth
  while (done() < polls / 10) await clock.advance(minutes(10))
  const baseline = heapAfterCollection()
  while (done() < polls) await clock.advance(minutes(10))
  const value = heapAfterCollection()
  await scheduler.stop()
  store.close()
  return [against(`heap after ${polls} polls, against after ${polls / 10}`, { value, baseline, unit: 'MB' }, { ratio: 1.1, better: 'lower' })]
}

function heapAfterCollection(): number {
  const { gc } = globalThis as { gc?: () => void }
  if (gc === undefined) throw new Error('run with --expose-gc: without it garbage would be measured')
  gc()
  return process.memoryUsage().heapUsed / 1e6
}
