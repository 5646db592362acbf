/** The day's digest says what is open when it is sent, and not what was when quiet hours began. */
import { expect, it } from 'vitest'
import { hours } from '../../../src-main/domain/time.ts'
import { newCourier } from '../../../src-main/engine/notices/courier.ts'
import { escalations } from '../../../src-main/engine/notices/enqueue.ts'
import { seededChance } from '../../support/api.ts'
import { aFinding } from '../../support/builders.ts'
import { at, fakeClock } from '../../support/clock.ts'
import { mailServer } from '../../support/smtp.ts'
import { aStore } from '../../support/store.ts'

const order = (key: string) => aFinding({ severity: 'high', subject: { kind: 'order', connection: 'shop', key }, says: `Order ${key} is absent.` })

it('that waited for the end of quiet hours leaves out what is over meanwhile', async () => {
  const server = await mailServer()
  const store = aStore()
  const clock = fakeClock(at('2026-11-23T21:30:00Z'))
  const chance = seededChance()
  const quiet = { enabled: true, from: '21:00', to: '07:00', zone: 'UTC', exceptCritical: true }
  const titleOf = (rule: string) => rule
  const put = escalations({ store, clock, chance, titleOf, settings: () => ({ quiet, digest: { enabled: true, at: '21:15', zone: 'UTC' } }) })
  const courier = newCourier({ store, clock, chance, titleOf, demo: false, secretsOf: () => Promise.reject(new Error('none is asked for')), changed: () => undefined, signal: new AbortController().signal })
  store.transaction((tx) => {
    store.channels.save(tx, {
      id: 'mail', label: 'Mail', enabled: true, secretRef: null,
      settings: { kind: 'email', host: '127.0.0.1', port: server.port, security: 'none', user: null, from: 'plumbline@example.org', to: ['office@example.org'] },
    }, clock.now())
    for (const key of ['1', '2']) store.incidents.apply(tx, 'pair', order(key), { id: `i${key}`, market: null, dueAt: null, parent: null, at: clock.now() })
  })
  expect([put.run(), await courier.run()]).toEqual([true, false])

  clock.jump(hours(8))
  store.transaction((tx) => store.incidents.resolve(tx, 'i1', 'It came.', clock.now()))
  clock.jump(hours(2))
  expect([put.run(), await courier.run()]).toEqual([false, true])
  expect(server.taken).toHaveLength(1)
  expect(server.taken[0]?.text).toMatch(/Subject: 2026-11-23: 1 open/)
  expect(server.taken[0]?.text).toContain('Order 2 is absent.')
  expect(server.taken[0]?.text).not.toContain('Order 1 is absent.')
  await server.close()
  store.close()
})
