/** Replays that are cut off: by a dying process, a closing door, a locked keychain, a clock that is set. */
import { describe, expect, it } from 'vitest'
import { fault } from '../../../src-main/domain/fault.ts'
import { hours, minutes, seconds } from '../../../src-main/domain/time.ts'
import { settle } from '../../support/clock.ts'
import { confirmOnly, ended, scenes, trailOf } from './scene.ts'

const begin = scenes()

describe('a process that dies', () => {
  it('before anything was sent: nothing was, and it is said so', async () => {
    const scene = await begin({ onDisk: true })
    scene.erp.onSearch = () => {
      scene.engine.life.alive = false
    }
    const intent = await scene.send()
    await scene.crash()
    scene.erp.onSearch = () => undefined
    await scene.reopen()
    expect(scene.intent(intent.id)).toMatchObject({ state: 'stale', says: 'Plumbline stopped before it was sent. Nothing was sent.' })
    expect(scene.erp.sent).toEqual([])
    expect(scene.incidentState()).toBe('open')
  })

  it.each([
    ['after the write, before the reply', true, 'verified'],
    ['before the bytes arrived', false, 'absent'],
  ])('%s: the next start looks for it, and sends nothing', async (_when, written, state) => {
    const scene = await begin({ onDisk: true })
    scene.erp.sends.push({ kind: 'hangs', written, lateMs: minutes(2) })
    const intent = await scene.send()
    await scene.crash()
    await scene.reopen()
    expect(scene.intent(intent.id).state).toBe('sending')
    expect((await ended(scene, intent)).state).toBe(state)
    expect(scene.erp.sent).toHaveLength(1)
    expect(trailOf(scene, intent)).toEqual(['previewed', 'confirmed', 'sending', state])
  })

  it('while it looks for it, again and again: it is looked for anew each time', async () => {
    const scene = await begin({ onDisk: true })
    scene.erp.sends.push({ kind: 'lost', lateMs: minutes(2) })
    const intent = await scene.send()
    for (let times = 0; times < 3; times += 1) {
      await scene.advance(seconds(30))
      await scene.crash()
      await scene.reopen()
    }
    expect(scene.intent(intent.id).state).toBe('sending')
    expect((await ended(scene, intent)).state).toBe('verified')
    expect(scene.erp.madeByUs('1001')).toBe(1)
  })

  it('gently: what is on its way stays so, and the next start looks for it', async () => {
    const scene = await begin({ onDisk: true })
    scene.erp.sends.push({ kind: 'hangs', written: true })
    const intent = await scene.send()
    await scene.engine.stop()
    await scene.reopen()
    expect((await ended(scene, intent)).state).toBe('verified')
    expect(scene.erp.sent).toHaveLength(1)
  })

  it('and cannot open the ERP’s door afterwards: a person decides, and may look again later', async () => {
    const scene = await begin({ onDisk: true })
    scene.erp.sends.push({ kind: 'hangs', written: true })
    const intent = await scene.send()
    await scene.crash()
    scene.doorFault = fault('credentials', 'The keychain is locked.')
    await scene.reopen()
    await scene.advance(minutes(5))
    expect(scene.intent(intent.id).state).toBe('sending')
    expect(await ended(scene, intent)).toMatchObject({
      state: 'unclear',
      says: 'Whether it arrived could not be found out. The keychain is locked.',
    })
    scene.doorFault = null
    expect(await scene.engine.replays.verifyAgain(intent.id)).toMatchObject({ state: 'verified' })
  })

  it('and finds the ERP’s door locked at first: it is looked for once it opens', async () => {
    const scene = await begin({ onDisk: true })
    scene.erp.sends.push({ kind: 'hangs', written: true })
    const intent = await scene.send()
    await scene.crash()
    scene.doorFault = fault('credentials', 'The keychain is locked.')
    await scene.reopen()
    scene.doorFault = null
    expect((await ended(scene, intent)).state).toBe('verified')
  })

  it('keeps a preview that may still be confirmed, and ends one that is too old', async () => {
    const scene = await begin({ onDisk: true })
    const old = await scene.preview()
    await scene.advance(minutes(9))
    const young = await scene.preview()
    await scene.crash()
    await scene.advance(minutes(2))
    await scene.reopen()
    expect([scene.intent(old.id).state, scene.intent(young.id).state]).toEqual(['expired', 'previewed'])
    expect(await confirmOnly(scene, young)).toBe('confirmed')
  })
})

describe('a door that closes while the engine goes on', () => {
  it('after the send: it is looked for through the next one, and the reply is remembered', async () => {
    const scene = await begin()
    scene.erp.sends.push({ kind: 'made', lateMs: minutes(30) })
    const intent = await scene.send()
    scene.engine.closeDoor()
    await settle()
    // never absent: the ERP said that it made one
    expect(await ended(scene, intent)).toMatchObject({ state: 'unclear', targetId: 'so-1' })
    expect(scene.engine.failures).toEqual([])
  })

  it('before the send: nothing is sent', async () => {
    const scene = await begin()
    scene.erp.onSearch = () => scene.engine.closeDoor()
    const intent = await scene.send()
    expect(scene.intent(intent.id)).toMatchObject({ state: 'stale', says: 'Nothing was sent: the connection was closed first.' })
  })
})
describe('a clock that is set', () => {
  it('forward proves no absence', async () => {
    const scene = await begin()
    scene.erp.sends.push({ kind: 'lost', lateMs: seconds(100) })
    const intent = await scene.send()
    scene.setClock(hours(5))
    await scene.advance(seconds(30))
    expect(scene.intent(intent.id).state).toBe('sending')
    expect((await ended(scene, intent)).state).toBe('verified')
  })

  it('back does not hold the proof up', async () => {
    const scene = await begin()
    scene.erp.sends.push({ kind: 'never' })
    const intent = await scene.send()
    scene.setClock(-hours(5))
    expect((await ended(scene, intent)).state).toBe('absent')
  })
})
