/** Runs a piece of work one at a time: what is asked for meanwhile is done by the next run, and one waiting is enough. */

export interface InTurn<T> {
  /** The outcome of a run that begins after this call. */
  ask(): Promise<T>
  /** Resolves when what runs and what waits now is done. */
  settled(): Promise<void>
}

/** `work` must not reject: who asked is told by its value. */
export function inTurn<T>(work: () => Promise<T>): InTurn<T> {
  let running: Promise<unknown> = Promise.resolve()
  let waiting: Promise<T> | null = null

  async function next(after: Promise<unknown>): Promise<T> {
    await after
    waiting = null
    const run = work()
    running = run
    return run
  }

  return {
    ask() {
      waiting ??= next(running)
      return waiting
    },
    async settled() {
      await (waiting ?? running)
    },
  }
}
