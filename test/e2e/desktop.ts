/** What stands on the desktop beside the app: the notifications of the session's own daemon. */
import { execFileSync } from 'node:child_process'

/** Titles of the notifications that the daemon has shown and put away, the latest first. */
export function shownNotifications(): string[] {
  control('close-all')
  const history = JSON.parse(control('history')) as { data: { summary: { data: string } }[][] }
  return history.data.flat().map((each) => each.summary.data)
}

export function standingNotifications(): number {
  return Number(control('count', 'displayed'))
}

/** As a click of the person on the latest one. */
export function clickNotification(): void {
  control('action', '0')
}

function control(...words: string[]): string {
  return execFileSync('dunstctl', words, { encoding: 'utf8' }).trim()
}
