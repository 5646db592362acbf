import { expect, it } from 'vitest'
import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { unpackVerified } from '../../scripts/setup/development-electron.mjs'
import { aCheckout } from './checkout.ts'

it('refuses other bytes before anything is unpacked', () => {
  const workshop = aCheckout()
  const file = join(aCheckout({ 'package.tgz': 'other bytes' }), 'package.tgz')
  const pinned = integrityOf('the pinned bytes')
  expect(() => unpackVerified(file, pinned, workshop)).toThrow('not the file that was reviewed')
  expect(readdirSync(workshop)).toEqual([])
})

// The runtime is one for Linux, and so is the tar that unpacks it.
it.runIf(process.platform === 'linux')('unpacks the development runtime from the pinned bytes', () => {
  const made = aCheckout({ 'runtime/electron': 'a program', 'package/release/readme': '' })
  execFileSync('tar', ['-czf', 'package/release/app.tar.gz', '-C', 'runtime', '.'], { cwd: made })
  execFileSync('tar', ['-czf', 'package.tgz', 'package'], { cwd: made })
  const file = join(made, 'package.tgz')
  const workshop = aCheckout()
  unpackVerified(file, integrityOf(readFileSync(file)), workshop)
  expect(readFileSync(join(workshop, 'electron/electron'), 'utf8')).toBe('a program')
})

function integrityOf(bytes: string | Buffer): string {
  return `sha512-${createHash('sha512').update(bytes).digest('base64')}`
}
