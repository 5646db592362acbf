/** The diary as a file beside the database, for an app whose output nobody sees: two files of bounded size. */
import { appendFileSync, renameSync, statSync } from 'node:fs'

export const logBytesMax = 5 * 1024 * 1024

/**
 * Appends lines to `path`; when it is full it becomes `path.1`, and the one before that is gone. A disk that takes no
 * more stops the file and not the engine: `lost` hears of it once.
 */
export function openLogFile(path: string, lost: (reason: string) => void, bytesMax = logBytesMax): (line: string) => void {
  let bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  let broken = false

  function append(line: string): void {
    const length = Buffer.byteLength(line)
    if (bytes > 0 && bytes + length > bytesMax) {
      renameSync(path, `${path}.1`)
      bytes = 0
    }
    appendFileSync(path, line, { mode: 0o600 })
    bytes += length
  }

  return (line) => {
    if (broken) return
    try {
      append(line)
    } catch (error) {
      // Full, read-only, taken away: whatever the system says, the engine goes on.
      broken = true
      lost(error instanceof Error ? error.message : String(error))
    }
  }
}
