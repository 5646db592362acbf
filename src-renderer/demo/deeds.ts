/** What the page asks of the shell about the demo. */
import { tellShell } from '../shell.ts'

export function exploreDemo(): void {
  tellShell({ plumbline: 'demo', on: true })
}

export function leaveDemo(): void {
  tellShell({ plumbline: 'demo', on: false })
}

export function pull(lever: string): void {
  tellShell({ plumbline: 'pull', lever })
}
