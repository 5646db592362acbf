/**
 * Makes a checkout ready, before every npm script, so it must be quick when all is there.
 *
 * It runs as a `pre…` script, never as `node scripts/setup.mjs && node …`: there the shell would
 * remember where it found the system's Node and miss the project's own, newer one.
 */
const major = Number(process.versions.node.split('.')[0])
if (major < 18) {
  process.stderr.write(
    `Node ${process.versions.node} is too old for the set-up: install Node 18 or newer ` +
    '(https://nodejs.org), then run the command again.\n',
  )
  process.exit(1)
}

// Loaded only now: an older Node could not even read these files.
import('./common/notice.mjs').then(({ runScript }) =>
  runScript(async () => {
    const { setUp } = await import('./setup/steps.mjs')
    setUp(process.argv.slice(2))
  }),
)
