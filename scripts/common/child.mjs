/** Runs the long-lived command a script stands for, as if the script were that command. */
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { project } from './project.mjs'

/** @returns {Promise<number>} the exit code a shell would show: 128 + n when signal n ended it */
export function runChild(command, args, { env = process.env, stdio = 'inherit' } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: project, stdio, env })
    let told = false
    const forward = (signal) => {
      told = true
      // A terminal sends Ctrl-C to the child as well; a second one would mean "at once".
      if (signal === 'SIGINT' && process.stdin.isTTY) return
      child.kill(signal)
    }
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    for (const signal of signals) process.on(signal, forward)
    // npm ends its shell with the signal it gets, and the shell tells nobody: all we see is that
    // our parent is another one.
    const parent = process.ppid
    const orphanWatch = setInterval(() => {
      if (process.ppid === parent) return
      clearInterval(orphanWatch)
      // npm may have gone because of a signal that the child is ending by: another one would mean "at once".
      if (!told) child.kill('SIGTERM')
    }, 500)
    child.on('error', reject)
    child.on('close', (code, signal) => {
      clearInterval(orphanWatch)
      for (const each of signals) process.off(each, forward)
      resolve(code ?? 128 + constants.signals[signal])
    })
  })
}
