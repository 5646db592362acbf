import { describe, expect, it } from 'vitest'
import { join } from 'node:path'
import { findElectron, locateElectron } from '../../scripts/electron.mjs'
import { aCheckout } from './checkout.ts'

const wanted = { 'node_modules/electron/package.json': { version: '45.4.1' } }
const official = {
  'node_modules/electron/dist/version': '45.4.1',
  'node_modules/electron/dist/electron': '',
  'node_modules/electron/path.txt': 'electron',
}
const development = { '.runtime/electron-25/electron': '' }
const desktop = { root: false, graphicsCard: true, onlyWayland: false }
const server = { root: true, graphicsCard: false, onlyWayland: false }

describe('the Electron that is started', () => {
  it('is the official one where it is there, and keeps its sandbox', () => {
    const root = aCheckout({ ...wanted, ...official, ...development })
    expect(locateElectron(root, desktop)).toEqual({
      path: join(root, 'node_modules/electron/dist/electron'), kind: 'official', args: [root],
    })
  })

  it('is the development runtime for root, for whom the official one would give up its sandbox', () => {
    const root = aCheckout({ ...wanted, ...official, ...development })
    expect(locateElectron(root, server)).toEqual({
      path: join(root, '.runtime/electron-25/electron'),
      kind: 'development',
      args: ['--no-sandbox', '--disable-gpu'],
    })
  })

  it('keeps its sandbox for an ordinary user on the development runtime too', () => {
    const root = aCheckout({ ...wanted, ...development })
    expect(locateElectron(root, desktop)?.args).toEqual([])
  })

  it('is told to look for Wayland where there is no X server', () => {
    const root = aCheckout({ ...wanted, ...development })
    expect(locateElectron(root, { ...desktop, onlyWayland: true })?.args).toEqual(['--ozone-platform-hint=auto'])
  })

  it('is asked for in one sentence where there is none', () => {
    expect(() => findElectron(aCheckout(wanted))).toThrow('run `node scripts/setup.mjs --for=e2e`')
  })
})
