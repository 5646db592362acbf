/** How the page stands with the engine and the shell: whether a line is up, and when the engine was last heard. */
import { create } from 'zustand'
import type { ShellMessage } from '../../src-main/contract/shell-messages.ts'
import type { Instant } from '../../src-main/domain/time.ts'

interface Link {
  /** none: no line was handed over yet; up: one is there; down: the last one failed and no new one has come. */
  readonly line: 'none' | 'up' | 'down'
  /** When the engine last answered or told something; null before that. */
  readonly heardAt: Instant | null
  /** The shell's last word; null outside the desktop app and before the first word. */
  readonly shell: ShellMessage | null
}

/** The engine tells that it is alive every few seconds; after this long without a word the page says so. */
export const quietAfterMs = 15_000

export const useLink = create<Link>(() => ({ line: 'none', heardAt: null, shell: null }))
