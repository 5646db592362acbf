/** Starts the demo's processes, with a file that goes with them: nothing of it meets a person's own connections. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type MessagePortMain, app } from 'electron'
import type { DemoSeam, FromWorld, ToWorld } from '../contract/demo.ts'
import type { NoticeView } from '../contract/views.ts'
import { titleInDemo } from '../domain/notice.ts'
import { steadyClock } from './clock.ts'
import { type Demo, type WorldEvents, type WorldHost, keepDemo } from './demo.ts'
import { log } from './log.ts'
import { type Place, startProcess } from './processes.ts'
import { type Watch, type WatchOptions, startWatch } from './watch.ts'

export interface DemoStartOptions extends Pick<WatchOptions, 'place' | 'session' | 'show' | 'open' | 'incidentsChanged' | 'changed'> {
  readonly boardChanged: () => void
}

/** The same business every time: what a visitor is told to look for is there. */
const seed = 20_261_125

export function startDemo(options: DemoStartOptions): Demo<MessagePortMain> {
  const { boardChanged, show, ...own } = options
  return keepDemo({
    seed,
    clock: steadyClock,
    changed: options.changed,
    boardChanged,
    startWorld: (events) => startWorld(options.place, events),
    startWatch: (seam) => watchOver(seam, { ...own, show: (notice, events) => show(markedAsDemo(notice), events) }),
  })
}

function startWorld(place: Place, events: WorldEvents): WorldHost {
  return startProcess<ToWorld, FromWorld>(place, 'demo.cjs', 'Plumbline demo', {
    message: events.message,
    notStarted: (says) => events.message({ kind: 'failed', says }),
    exit(code) {
      log('demo world ended', code ?? undefined)
      events.exit()
    },
  })
}

function watchOver(demo: DemoSeam, options: Omit<WatchOptions, 'databasePath' | 'demo'>): Watch<MessagePortMain> {
  mkdirSync(demos(), { recursive: true })
  const folder = mkdtempSync(join(demos(), 'run-'))
  const watch = startWatch({ ...options, demo, databasePath: join(folder, 'plumbline.sqlite') })
  return {
    ...watch,
    async stop() {
      await watch.stop()
      forget(folder)
    },
  }
}

/** What a demo has left behind that did not come to its end. Before the first one of this run. */
export function forgetDemos(): void {
  forget(demos())
}

function demos(): string {
  return join(app.getPath('userData'), 'demo')
}

function forget(folder: string): void {
  // Windows lets go of a file a moment after its process has ended.
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
}

function markedAsDemo(notice: NoticeView): NoticeView {
  return { ...notice, title: titleInDemo(notice.title) }
}
