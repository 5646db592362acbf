/** Takes single files out of a package of the npm registry, without installing what it depends on. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Stop } from './notice.mjs'
import { npm } from './npm.mjs'

/** Lets `use` work in a folder of its own, which is gone afterwards however it ends. */
export function inWorkshop(root, use) {
  mkdirSync(join(root, '.runtime'), { recursive: true })
  const workshop = mkdtempSync(join(root, '.runtime', 'unpacking-'))
  try {
    return use(workshop)
  } finally {
    rmSync(workshop, { recursive: true, force: true })
  }
}

/** @returns {boolean} whether the registry gave the package; npm says why not */
export function fetchPackage(spec, workshop, npmArgs = []) {
  return npm(['pack', spec, '--pack-destination', workshop, '--loglevel=error', ...npmArgs], {
    stdio: ['ignore', 'ignore', 2],
  }) === 0
}

/** Throws unless the file is, byte for byte, the one that was reviewed. */
export function verify(file, integrity, what) {
  const found = `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`
  if (found === integrity) return
  throw new Stop(
    `The ${what} is not the file that was reviewed (expected ${integrity}, got ` +
    `${found}): clear npm's cache (\`npm cache clean --force\`) and run the command again, and ` +
    'if it says so twice, distrust the registry.',
  )
}

/** @returns {boolean} whether the archive's members, by default all of them, now lie in the folder */
export function unpack(archive, folder, ...members) {
  // Its stderr can be thousands of harmless lines about unknown headers.
  const done = spawnSync('tar', ['-xzf', archive, '-C', folder, '--no-same-owner', ...members], {
    stdio: 'ignore',
  })
  return done.status === 0
}
