import { describe, expect, it } from 'vitest'
import type { Demo } from '../../src-main/shell/demo.ts'
import { viewSummary } from '../../src-main/shell/summary.ts'
import { openViews } from '../../src-main/shell/views.ts'
import type { Watch } from '../../src-main/shell/watch.ts'

function aWatch(name: string, critical = 0) {
  const calls: string[] = []
  let finish: () => void = () => undefined
  const watch: Watch<string> = {
    standing: () => ({ engine: 'running', restarts: 0, says: null }),
    newPort: () => name,
    critical: () => critical,
    readNow: () => calls.push('read now'),
    restart: () => calls.push('restart'),
    tell: ({ kind }) => calls.push(kind),
    stop() {
      calls.push('stop')
      return new Promise((resolve) => {
        finish = resolve
      })
    },
  }
  const demo: Demo<string> = { ...watch, board: () => ({ levers: [], pulls: [] }), pull: (lever) => calls.push(`pull ${lever}`) }
  return { watch, demo, calls, gone: () => finish() }
}

function someViews(begin: 'own' | 'demo' = 'own') {
  const own = aWatch('own', 1)
  const demos: (ReturnType<typeof aWatch> & { clicked: (incident: string | null) => void })[] = []
  const started: string[] = []
  const opened: (string | null)[] = []
  let switches = 0
  let clickOwn: (incident: string | null) => void = () => undefined
  const views = openViews<string>({
    begin,
    startOwn(clicked) {
      started.push('own')
      clickOwn = clicked
      return own.watch
    },
    startDemo(clicked) {
      started.push('demo')
      const demo = { ...aWatch(`demo ${demos.length + 1}`, 2), clicked }
      demos.push(demo)
      return demo.demo
    },
    switched: () => void (switches += 1),
    open: (incident) => opened.push(incident),
  })
  return { views, own, demos, started, opened, switches: () => switches, clickOwn: (id: string) => clickOwn(id) }
}

describe('what the window shows', () => {
  it('is the person’s own connections, until somebody explores the demo, and again when they leave it', () => {
    const { views, demos, started, switches, own } = someViews()
    expect([views.shown().newPort(), views.inDemo(), views.behind(), views.board()]).toEqual(['own', false, null, null])
    views.enterDemo()
    views.enterDemo()
    expect([views.shown().newPort(), views.inDemo(), switches()]).toEqual(['demo 1', true, 1])
    // read on unseen: a monitor does not stop because somebody looks elsewhere
    expect([views.behind(), own.calls]).toEqual([own.watch, []])
    views.leaveDemo()
    expect([views.shown().newPort(), demos[0]?.calls, switches()]).toEqual(['own', ['stop'], 2])
    views.enterDemo()
    expect([views.shown().newPort(), started]).toEqual(['demo 2', ['own', 'demo', 'demo']])
  })

  it('reads nothing of the person’s own while the demo is all they asked for', () => {
    const { views, started } = someViews('demo')
    expect([views.shown().newPort(), views.behind(), started]).toEqual(['demo 1', null, ['demo']])
    views.leaveDemo()
    expect([views.shown().newPort(), started]).toEqual(['own', ['demo', 'own']])
  })

  it('pulls levers in the demo only', () => {
    const { views, demos, own } = someViews()
    views.pull('erp-down')
    views.enterDemo()
    views.pull('erp-down')
    expect([own.calls, demos[0]?.calls]).toEqual([[], ['pull erp-down']])
  })

  it('leaves the demo for a notice of what is real, and follows no notice of a demo that is over', () => {
    const { views, demos, opened, clickOwn } = someViews()
    views.enterDemo()
    demos[0]?.clicked('of the demo')
    clickOwn('real')
    expect(views.inDemo()).toBe(false)
    demos[0]?.clicked('of the demo')
    expect(opened).toEqual(['of the demo', 'real'])
  })

  it('ends when every process has, those of a demo that was left among them', async () => {
    const { views, demos, own } = someViews()
    views.enterDemo()
    views.leaveDemo()
    views.enterDemo()
    views.tell({ kind: 'suspended' })
    let over = false
    const stopped = views.stop().then(() => {
      over = true
    })
    expect([own.calls, demos[0]?.calls, demos[1]?.calls]).toEqual([['suspended', 'stop'], ['stop'], ['suspended', 'stop']])
    own.gone()
    demos[1]?.gone()
    await Promise.resolve()
    expect(over).toBe(false)
    demos[0]?.gone()
    await stopped
  })

  it('is told in the tray as what it is', () => {
    const { views } = someViews()
    expect(viewSummary(views)).toEqual({ summary: { icon: 'attention', says: '1 critical incident', critical: 1 }, demo: false, behind: null })
    views.enterDemo()
    expect(viewSummary(views)).toEqual({
      summary: { icon: 'attention', says: 'Demo: 2 critical incidents', critical: 2 },
      demo: true,
      behind: '1 critical incident',
    })
  })
})
