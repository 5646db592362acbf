/** Calls npm: the very one that runs us, since another on the PATH may be older or absent. */
import { spawnSync } from 'node:child_process'
import { basename } from 'node:path'
import { project } from './project.mjs'

/** @returns {number} npm's exit code; `stdio` as for spawn, by default all of it on our stderr */
export function npm(args, { cwd = project, stdio = ['ignore', 2, 2] } = {}) {
  const { command, first, shell } = npmCommand(process.env)
  const done = spawnSync(command, [...first, ...args], { cwd, stdio, shell })
  return done.status ?? 1
}

function npmCommand({ npm_execpath: script, npm_node_execpath: node }) {
  // The Node that runs us may lie in node_modules, which `npm ci` deletes while it works; npm's own
  // Node does not. Other package managers set npm_execpath too, hence the look at the name.
  if (script !== undefined && basename(script).startsWith('npm-cli.')) {
    return { command: node ?? process.execPath, first: [script], shell: false }
  }
  // npm.cmd can only be started by a shell; every argument we pass on Windows is free of spaces.
  if (process.platform === 'win32') return { command: 'npm.cmd', first: [], shell: true }
  return { command: 'npm', first: [], shell: false }
}
