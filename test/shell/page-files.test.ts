import { sep } from 'node:path'
import { array, assert, constantFrom, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isPageAddress, pageAddress, pageFile } from '../../src-main/shell/page-files.ts'

const folder = ['', 'app', 'out', 'renderer'].join(sep)

describe("the page's own scheme", () => {
  it.each([
    [pageAddress(false), 'index.html', 'text/html; charset=utf-8'],
    [pageAddress(true), 'index.html', 'text/html; charset=utf-8'],
    ['plumbline://app/', 'index.html', 'text/html; charset=utf-8'],
    ['plumbline://app/assets/index-1a2b.js', `assets${sep}index-1a2b.js`, 'text/javascript; charset=utf-8'],
    ['plumbline://app/assets/inter.woff2', `assets${sep}inter.woff2`, 'font/woff2'],
  ])('answers %s from the build', (address, file, type) => {
    expect(pageFile(folder, address)).toEqual({ path: `${folder}${sep}${file}`, type })
  })

  it.each([
    'plumbline://app/%2e%2e%2f%2e%2e%2fmain/index.js',
    'plumbline://app/..%5c..%5cmain.js',
    'plumbline://app/%00.html',
    'plumbline://app/%E0%A4%A.html',
    'plumbline://app/engine.cjs',
    'plumbline://other/index.html',
    'plumbline://app.example/index.html',
    'file:///etc/passwd',
    'https://example.com/index.html',
    'nonsense',
  ])('has no answer to %s', (address) => {
    expect(pageFile(folder, address)).toBeNull()
  })

  it('never leaves its folder, whatever is asked', () => {
    const piece = constantFrom('..', '%2e%2e', '%2f', '/', '\\', '%5c', '.', 'a', 'index.html', '%25', '//')
    assert(
      property(array(piece, { maxLength: 12 }), (pieces) => {
        const file = pageFile(folder, `plumbline://app/${pieces.join('')}.html`)
        return file === null || (file.path.startsWith(`${folder}${sep}`) && !file.path.split(sep).includes('..'))
      }),
    )
  })

  it('knows its own addresses from those that only begin alike', () => {
    const addresses = ['plumbline://app/index.html', 'plumbline://app', 'plumbline://apple/', 'https://plumbline.app/']
    expect(addresses.map(isPageAddress)).toEqual([true, true, false, false])
  })
})
