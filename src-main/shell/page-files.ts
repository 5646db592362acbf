/** The page's own scheme: which file of the build answers an address, and which addresses are the page's at all. */
import { extname, join, normalize, sep } from 'node:path'

export const pageScheme = 'plumbline'
export const pageOrigin = `${pageScheme}://app`

/** The page's address; `wall` is in it, so that the first drawing is the right one. */
export function pageAddress(wall: boolean): string {
  return `${pageOrigin}/index.html${wall ? '?wall=1' : ''}`
}

export function isPageAddress(address: string): boolean {
  return address === pageOrigin || address.startsWith(`${pageOrigin}/`)
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

export interface PageFile {
  readonly path: string
  readonly type: string
}

/** Null for what is not ours, lies outside of the folder, or is of no kind that a page needs. */
export function pageFile(folder: string, address: string): PageFile | null {
  const path = pathOf(address)
  if (path === null || path.includes('\0') || path.includes('\\')) return null
  const inside = normalize(join(folder, path === '/' ? '/index.html' : path))
  if (!inside.startsWith(normalize(folder) + sep)) return null
  const type = types[extname(inside)]
  return type === undefined ? null : { path: inside, type }
}

function pathOf(address: string): string | null {
  if (!isPageAddress(address)) return null
  try {
    return decodeURIComponent(new URL(address).pathname)
  } catch (error) {
    // An address that is none (TypeError), or a broken escape in it.
    if (error instanceof TypeError || error instanceof URIError) return null
    throw error
  }
}
