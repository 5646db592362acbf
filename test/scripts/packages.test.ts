import { describe, expect, it } from 'vitest'
import { matchesLock } from '../../scripts/setup/packages.mjs'
import { aCheckout } from './checkout.ts'

const zod = { version: '4.6.7', integrity: 'sha512-zod' }
const elsewhere = { version: '1.0.0', integrity: 'sha512-win', optional: true }

type Packages = Readonly<Record<string, object>>

function checkout(locked: Packages, installed: Packages | null): string {
  return aCheckout({
    'package-lock.json': { packages: { '': { name: 'plumbline' }, ...byPath(locked) } },
    ...(installed === null ? {} : { 'node_modules/.package-lock.json': { packages: byPath(installed) } }),
  })
}

function byPath(packages: Packages): Packages {
  const paths = Object.entries(packages).map(([name, entry]) => [`node_modules/${name}`, entry])
  return Object.fromEntries(paths)
}

describe('set-up installs packages', () => {
  it.each([
    ['nothing is installed', { zod }, null],
    ['a package is missing', { zod }, {}],
    ['a package has another version', { zod }, { zod: { ...zod, version: '4.6.6' } }],
    ['a package has other bytes', { zod }, { zod: { ...zod, integrity: 'sha512-other' } }],
  ])('when %s', (_when, locked, installed) => {
    expect(matchesLock(checkout(locked, installed))).toBe(false)
  })

  it('when the note of an interrupted installation is cut', () => {
    const root = aCheckout({
      'package-lock.json': { packages: { zod } },
      'node_modules/.package-lock.json': '{"packages": {',
    })
    expect(matchesLock(root)).toBe(false)
  })
})

describe('set-up leaves packages alone', () => {
  it('when all are installed but the optional ones of other platforms', () => {
    const locked = { zod, elsewhere }
    expect(matchesLock(checkout(locked, { zod }))).toBe(true)
  })

  it('when a developer added one by hand', () => {
    const installed = { zod, mine: elsewhere }
    expect(matchesLock(checkout({ zod }, installed))).toBe(true)
  })
})

it('says what to do when the lock itself is gone', () => {
  const root = aCheckout({ 'node_modules/.package-lock.json': { packages: {} } })
  expect(() => matchesLock(root)).toThrow('git checkout package-lock.json')
})
