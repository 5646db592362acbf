/** How a connection is, in a sentence that its owner understands. */
import { describe, expect, it } from 'vitest'
import type { Fault } from '../../../src-main/domain/fault.ts'
import { fault } from '../../../src-main/domain/fault.ts'
import { days, minutes, seconds } from '../../../src-main/domain/time.ts'
import { type Health, type StreamHealth, healthOf } from '../../../src-main/engine/poll/health.ts'
import { aPass } from '../../support/builders.ts'
import { monday } from '../../support/clock.ts'

const now = monday

function health(...streams: readonly StreamHealth[]): Health {
  return healthOf({ label: 'My shop', streams, now, pollMs: seconds(60), zone: 'Europe/Paris' })
}

/** Read to its end so long ago. */
function well(stream: StreamHealth['stream'], ago = seconds(20)): StreamHealth {
  const pass = aPass({ stream, startedAt: now - ago, endedAt: now - ago })
  return { stream, pass, fault: null, coveredTo: pass.startedAt, quarantined: 0 }
}

function failed(stream: StreamHealth['stream'], because: Fault, more: { ago?: number; coveredTo?: number | null } = {}): StreamHealth {
  const startedAt = now - (more.ago ?? seconds(10))
  const pass = aPass({ stream, startedAt, endedAt: startedAt, complete: false, faults: { [because.class]: 1 } })
  return { stream, pass, fault: because, coveredTo: more.coveredTo === undefined ? now - minutes(58) : more.coveredTo, quarantined: 0 }
}

const unreachable = fault('unreachable', 'shop.test cannot be reached. Check the network.')
const credentials = fault('credentials', 'The shop did not accept the credentials. Enter them anew.')
const permission = fault('permission', 'The shop does not let this user read refunds.')
const temporary = fault('temporary', 'The shop has trouble answering just now (500).')
const shape = fault('unexpected-shape', 'The shop answered with a web page.')

describe('the health of a connection', () => {
  it('is new before anything was read', () => {
    expect(health({ stream: 'orders', pass: null, fault: null, coveredTo: null, quarantined: 0 })).toEqual({ state: 'new', says: null })
  })

  it('is ok when every stream was read to its end', () => {
    expect(health(well('orders'), well('products', minutes(25)))).toEqual({ state: 'ok', says: null })
  })

  it('is unreachable when nobody answers, and says what that means for the orders', () => {
    expect(health(failed('orders', unreachable), well('products', minutes(25)))).toEqual({
      state: 'unreachable',
      says: 'shop.test cannot be reached. Check the network. Since 09:02 nothing of My shop was read; orders placed since then are not judged.',
    })
  })

  it('is partly read while one stream is not answered again and again, and the others are read round by round', () => {
    // the others were read half a round before its latest try, and are due with the next round
    expect(health(well('orders', seconds(40)), failed('stock', unreachable, { ago: 10 * 1000 })).state).toBe('partial')
    expect(health(well('orders', seconds(40)), failed('stock', temporary), failed('shipments', temporary)).state).toBe('partial')
    // the next round has begun, and nobody was answered in it
    expect(health(well('orders', seconds(80)), failed('stock', unreachable)).state).toBe('unreachable')
  })

  it('names the day of an outage that is older than today', () => {
    const since = now - days(2)
    expect(health(failed('orders', unreachable, { coveredTo: since })).says).toContain('Since 21 Nov, 10:00 nothing')
  })

  it('says so when nothing was ever read', () => {
    expect(health(failed('orders', unreachable, { coveredTo: null })).says).toMatch(/No orders of My shop have been read yet/)
  })

  it('is refused when the credentials are not accepted', () => {
    expect(health(failed('orders', credentials), well('products', minutes(25)))).toMatchObject({
      state: 'refused',
      says: expect.stringMatching(/^The shop did not accept the credentials\. Enter them anew\. Since 09:02/),
    })
  })

  it('is partial when one right is missing: the others are read', () => {
    expect(health(well('orders'), failed('refunds', permission, { ago: minutes(5), coveredTo: null }))).toEqual({
      state: 'partial',
      says: 'The shop does not let this user read refunds. The refunds of My shop have never been read: what depends on them is not judged since then; everything else is.',
    })
  })

  it('is refused when no right is left at all', () => {
    expect(health(failed('orders', permission), failed('stock', permission)).state).toBe('refused')
  })

  it('is partial when orders alone fail, and says that they are not judged', () => {
    expect(health(failed('orders', temporary, { ago: minutes(1) }), well('stock'))).toMatchObject({
      state: 'partial',
      says: expect.stringContaining('The orders of My shop were last complete at 09:02: orders placed since then are not judged.'),
    })
  })

  it('is not called dead because the first stream that was tried failed', () => {
    const untried: StreamHealth = { stream: 'stock', pass: null, fault: null, coveredTo: null, quarantined: 0 }
    expect(health(failed('orders', temporary), untried).state).toBe('partial')
  })

  it('is unreachable when a web page stands where the interface should be', () => {
    expect(health(failed('orders', shape), failed('stock', shape), well('products', minutes(25)))).toMatchObject({
      state: 'unreachable',
      says: expect.stringMatching(/^The shop answered with a web page\. Since/),
    })
  })

  it('is well again as soon as one stream was read after the outage', () => {
    expect(health(failed('stock', unreachable, { ago: minutes(3) }), well('orders')).state).toBe('partial')
  })

  it('keeps its verdict over a restart, when only the class of the fault is known', () => {
    const before = { ...failed('orders', unreachable), fault: null }
    expect(health(before)).toMatchObject({ state: 'unreachable', says: expect.stringMatching(/^My shop cannot be reached\./) })
  })

  it('says that it is being read for the first time', () => {
    const first: StreamHealth = { stream: 'orders', pass: aPass({ complete: false }), fault: null, coveredTo: null, quarantined: 0 }
    expect(health(first, well('stock'))).toMatchObject({ state: 'partial', says: expect.stringMatching(/first time: orders\./) })
  })

  it('counts the rows that could not be read', () => {
    expect(health({ ...well('orders'), quarantined: 3 }, well('stock'))).toMatchObject({
      state: 'partial',
      says: expect.stringContaining('3 of its orders'),
    })
  })

  it('says that there is more news than one pass could take', () => {
    const behind = { ...well('orders'), pass: aPass({ complete: false }) }
    expect(health(behind)).toMatchObject({ state: 'partial', says: expect.stringContaining('orders are still being read') })
  })
})
