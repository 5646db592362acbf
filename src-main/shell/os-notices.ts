/** Shows the engine's notices as the system's own notifications: each at least once, and noted when it was shown. */
import type { NoticeView } from '../contract/views.ts'

export interface NoticeBoardOptions {
  readonly pending: () => Promise<readonly NoticeView[]>
  readonly shown: (id: string) => Promise<unknown>
  /** Returns what must be kept for its click to arrive. `shown` comes when the system says that it is on the screen. */
  readonly show: (notice: NoticeView, events: { shown(): void; clicked(): void }) => object
  readonly open: (incident: string | null) => void
  readonly failed: (error: unknown) => void
}

interface Standing {
  readonly notification: object
  onScreen: boolean
}

/** A click is heard for this many, the latest; also the most that are put up in one go. */
const standingMax = 20

export function openNoticeBoard(options: NoticeBoardOptions): { deliver(): Promise<void> } {
  const standing = new Map<string, Standing>()

  function note(id: string): void {
    options.shown(id).catch(options.failed)
  }

  function put(notice: NoticeView): void {
    const one = notice.incidents.length === 1 ? (notice.incidents[0] ?? null) : null
    const notification = options.show(notice, {
      shown() {
        const here = standing.get(notice.id)
        if (here !== undefined) here.onScreen = true
        note(notice.id)
      },
      clicked: () => options.open(one),
    })
    standing.set(notice.id, { notification, onScreen: false })
  }

  function makeRoom(): void {
    for (const id of [...standing.keys()].slice(0, Math.max(0, standing.size - standingMax))) standing.delete(id)
  }

  return {
    async deliver() {
      const pending = await options.pending()
      for (const notice of pending.filter(({ id }) => !standing.has(id)).slice(0, standingMax)) put(notice)
      // Still pending though it was on the screen: the engine went away before it could note it.
      for (const { id } of pending) if (standing.get(id)?.onScreen === true) note(id)
      makeRoom()
    },
  }
}
