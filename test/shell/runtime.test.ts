import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findNode, isDevelopmentRuntime, refusalOf } from '../../src-main/shell/runtime.ts'

const today = { napi: '10', root: false, packaged: false, noSandbox: false }
const old = { ...today, napi: '8' }

describe('the runtime', () => {
  it('is the development runtime when its Node-API is too old for the store', () => {
    expect(['8', '9', '10', '137', undefined].map((napi) => isDevelopmentRuntime({ napi }))).toEqual([
      true,
      true,
      false,
      false,
      true,
    ])
  })

  it.each([
    ['with its sandbox', today],
    ['packaged, with its sandbox', { ...today, packaged: true, root: true }],
    ['as root without a sandbox on the development runtime', { ...old, root: true, noSandbox: true }],
  ])('may run %s', (_how, machine) => {
    expect(refusalOf(machine)).toBeNull()
  })

  it.each([
    ['packaged', { ...today, packaged: true, noSandbox: true }],
    ['packaged, on an old runtime, as root', { ...old, packaged: true, root: true, noSandbox: true }],
    ['as anybody but root', { ...old, noSandbox: true }],
    ['on a runtime of today', { ...today, root: true, noSandbox: true }],
  ])('refuses to run without its sandbox %s', (_how, machine) => {
    expect(refusalOf(machine)).toMatch(/Start it without --no-sandbox\.$/)
  })

  it('finds the Node beside the app, or the one that is named, or none', () => {
    const app = mkdtempSync(join(tmpdir(), 'plumbline-'))
    try {
      expect(findNode(app, {})).toBeNull()
      const bin = join(app, 'node_modules', 'node', 'bin')
      const binary = join(bin, process.platform === 'win32' ? 'node.exe' : 'node')
      mkdirSync(bin, { recursive: true })
      writeFileSync(binary, '')
      expect(findNode(app, { PLUMBLINE_NODE: '' })).toBe(binary)
      expect(findNode(app, { PLUMBLINE_NODE: '/opt/node' })).toBe('/opt/node')
    } finally {
      rmSync(app, { recursive: true })
    }
  })
})
