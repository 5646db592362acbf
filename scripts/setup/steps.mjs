/** What each purpose needs: tests and the headless engine do without Electron and its libraries. */
import { hasDisplay } from '../common/display.mjs'
import { Stop } from '../common/notice.mjs'
import { displayTools, ensureDebianPackages, electronLibraries, paperTools, sessionTools } from './debian.mjs'
import { ensureElectron } from './electron-runtime.mjs'
import { ensurePackages } from './packages.mjs'
import { ensureShopifySchema } from './shopify-schema.mjs'

const purposes = {
  test: [packages, shopifySchema],
  headless: [packages],
  start: [packages, window],
  demo: [packages, anyWindow],
  keychain: [packages, desktopSession],
  e2e: [packages, electron, desktopSession, paper],
}

export function setUp(args) {
  const purpose = args.find((each) => each.startsWith('--for='))?.slice('--for='.length)
  const steps = purposes[purpose ?? 'start']
  if (steps === undefined) {
    const known = Object.keys(purposes).join(', ')
    throw new Stop(`Set-up knows no purpose "${purpose}": use one of ${known}.`)
  }
  for (const step of steps) step()
}

function packages() {
  ensurePackages()
}

function shopifySchema() {
  ensureShopifySchema()
}

function window() {
  if (!hasDisplay()) return
  ensureElectron()
  ensureDebianPackages(electronLibraries, { required: false })
}

/** Where no window can be shown, one that nobody sees will do. */
function anyWindow() {
  ensureElectron()
  const needed = hasDisplay() ? electronLibraries : [...electronLibraries, ...displayTools]
  ensureDebianPackages(needed, { required: !hasDisplay() })
}

function electron() {
  ensureElectron()
}

function desktopSession() {
  if (process.platform !== 'linux') return
  ensureDebianPackages([...electronLibraries, ...sessionTools], { required: true })
}

/** Without them the journeys that look at paper are skipped, and say so. */
function paper() {
  if (process.platform !== 'linux') return
  ensureDebianPackages(paperTools, { required: false })
}
