import { describe, expect, it } from 'vitest'
import type { NoticeView } from '../../src-main/contract/views.ts'
import { openNoticeBoard } from '../../src-main/shell/os-notices.ts'
import { monday, settle } from '../support/clock.ts'

function aNotice(id: string, incidents: readonly string[] = [`incident-${id}`]): NoticeView {
  return { id, kind: 'opened', severity: 'critical', title: id, body: '', incidents: [...incidents], createdAt: monday }
}

/** An engine that keeps notices until they are noted, and a screen that shows them when it is told to. */
function aBoard(notices: readonly NoticeView[]) {
  const kept = new Map(notices.map((notice) => [notice.id, notice]))
  const put: string[] = []
  const events = new Map<string, { shown(): void; clicked(): void }>()
  const opened: (string | null)[] = []
  const failures: unknown[] = []
  let reached = true
  const board = openNoticeBoard({
    pending: async () => [...kept.values()],
    async shown(id) {
      if (!reached) throw new Error('the engine is gone')
      kept.delete(id)
    },
    show(notice, given) {
      put.push(notice.id)
      events.set(notice.id, given)
      return {}
    },
    open: (incident) => opened.push(incident),
    failed: (error) => failures.push(error),
  })
  return {
    board,
    kept,
    put,
    opened,
    failures,
    reach: (can: boolean) => {
      reached = can
    },
    shown: (id: string) => events.get(id)?.shown(),
    click: (id: string) => events.get(id)?.clicked(),
  }
}

describe('a notice of the engine', () => {
  it('is put up once, and noted when it stands on the screen', async () => {
    const { board, put, kept, shown } = aBoard([aNotice('a')])
    await board.deliver()
    await board.deliver()
    expect(put).toEqual(['a'])
    expect([...kept.keys()]).toEqual(['a'])
    shown('a')
    await settle()
    expect([...kept.keys()]).toEqual([])
  })

  it('is noted later when the engine went away meanwhile, and not put up again', async () => {
    const { board, put, kept, shown, reach, failures } = aBoard([aNotice('a')])
    await board.deliver()
    reach(false)
    shown('a')
    await settle()
    expect(failures).toHaveLength(1)
    reach(true)
    await board.deliver()
    await settle()
    expect(put).toEqual(['a'])
    expect([...kept.keys()]).toEqual([])
  })

  it('opens its incident when it is clicked, and the queue when it speaks of several', async () => {
    const { board, opened, click } = aBoard([aNotice('a'), aNotice('b', ['1', '2'])])
    await board.deliver()
    click('a')
    click('b')
    expect(opened).toEqual(['incident-a', null])
  })

  it('waits while many stand, and comes when those were shown', async () => {
    const { board, put, shown } = aBoard(Array.from({ length: 45 }, (_, at) => aNotice(`n${at}`)))
    await board.deliver()
    expect(put).toHaveLength(20)
    for (const id of put.slice()) shown(id)
    await settle()
    await board.deliver()
    expect(put).toHaveLength(40)
    expect(new Set(put).size).toBe(40)
  })
})
