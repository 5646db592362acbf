/** Where the parts of this checkout lie, so that no script depends on the folder it is started from. */
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const project = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** The project's own Node: the one that runs the scripts may be as old as 18. */
export const node24 = join(
  project, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node',
)
