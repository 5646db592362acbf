import { expect, it } from 'vitest'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { isBuilt, sourcesFingerprint } from '../../scripts/common/app-build.mjs'
import { addFile, aCheckout } from './checkout.ts'

function aBuiltCheckout(): string {
  const root = aCheckout({ 'package.json': {}, 'src-main/index.ts': 'one', 'src-renderer/main.tsx': 'two' })
  addFile(root, 'out/built-from', sourcesFingerprint(root))
  return root
}

it('builds the app on the first start', () => {
  expect(isBuilt(aCheckout({ 'src-main/index.ts': 'one' }))).toBe(false)
})

it('does not build again what is built', () => {
  expect(isBuilt(aBuiltCheckout())).toBe(true)
})

it.each([
  ['was changed', (root: string) => addFile(root, 'src-main/index.ts', 'changed')],
  ['was added', (root: string) => addFile(root, 'src-renderer/screens/new.tsx', '')],
  ['was removed', (root: string) => rmSync(join(root, 'src-renderer/main.tsx'))],
])('builds again when a source %s', (_how, change) => {
  const root = aBuiltCheckout()
  change(root)
  expect(isBuilt(root)).toBe(false)
})
