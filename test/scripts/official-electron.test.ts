import { describe, expect, it } from 'vitest'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { failedToday, fetchOfficial, officialElectron } from '../../scripts/setup/official-electron.mjs'
import { addFile, aCheckout } from './checkout.ts'

const noon = Date.parse('2026-11-23T12:00:00Z')
const hourMs = 60 * 60 * 1000
const unreachable = 'process.exitCode = 1'
const reachable = `
  const { mkdirSync, writeFileSync } = require('node:fs')
  mkdirSync(__dirname + '/dist')
  writeFileSync(__dirname + '/dist/version', 'v45.4.1')
  writeFileSync(__dirname + '/dist/electron', '')
  writeFileSync(__dirname + '/path.txt', 'electron')
`

function checkout(installer: string): string {
  return aCheckout({
    'node_modules/electron/package.json': { version: '45.4.1' },
    'node_modules/electron/install.js': installer,
  })
}

describe('a failed download of Electron is remembered', () => {
  it.each([
    ['for the hours that follow', {}, noon + 23 * hourMs, true],
    ['and tried again after a day', {}, noon + 25 * hourMs, false],
    ['and tried again from another mirror', { ELECTRON_MIRROR: 'https://mirror.example/' }, noon, false],
    ['and tried again when the clock was set back', {}, noon - hourMs, false],
  ])('%s', (_how, env, now, remembered) => {
    const root = checkout(unreachable)
    fetchOfficial(root, {}, noon)
    expect(failedToday(root, env, now)).toBe(remembered)
  })

  it('and tried again in another version', () => {
    const root = checkout(unreachable)
    fetchOfficial(root, {}, noon)
    addFile(root, 'node_modules/electron/package.json', { version: '45.4.2' })
    expect(failedToday(root, {}, noon)).toBe(false)
  })

  it('with where it was tried, for who reads the note', () => {
    const root = checkout(unreachable)
    fetchOfficial(root, { ELECTRON_MIRROR: 'https://mirror.example/' }, noon)
    expect(JSON.parse(readFileSync(join(root, '.runtime/official-electron-failed.json'), 'utf8'))).toEqual({
      version: '45.4.1', mirror: 'https://mirror.example/', failedAt: '2026-11-23T12:00:00.000Z',
    })
  })
})

it('finds the official Electron once its installer has brought it', () => {
  const root = checkout(reachable)
  expect(officialElectron(root, {})).toBeNull()
  fetchOfficial(root, {}, noon)
  expect(officialElectron(root, {})).toBe(join(root, 'node_modules/electron/dist/electron'))
  expect(failedToday(root, {}, noon)).toBe(false)
})

it('does not take the binary of another version for it', () => {
  const root = checkout(reachable)
  fetchOfficial(root, {}, noon)
  addFile(root, 'node_modules/electron/package.json', { version: '46.0.0' })
  expect(officialElectron(root, {})).toBeNull()
})
