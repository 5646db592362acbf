/** What waits to be told, over a real store: it survives a crash, grows instead of multiplying, and leaves people in peace. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { Quiet } from '../../../src-main/domain/channel.ts'
import type { Finding, IncidentState, Severity } from '../../../src-main/domain/incident.ts'
import { days, minutes } from '../../../src-main/domain/time.ts'
import { outbox } from '../../../src-main/engine/notices/outbox.ts'
import { catalogue } from '../../../src-main/engine/reconcile/registry.ts'
import { type Store, openStore } from '../../../src-main/engine/store/store.ts'
import { seededChance } from '../../support/api.ts'
import { aFinding } from '../../support/builders.ts'
import { fakeClock, monday } from '../../support/clock.ts'
import { aStore } from '../../support/store.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const order = (key: string, more: Partial<Finding> = {}): Finding => aFinding({ subject: { kind: 'order', connection: 'shop', key }, ...more })

const outage: Finding = aFinding({
  rule: 'F12-connection-blind',
  severity: 'high',
  subject: { kind: 'connection', connection: 'erp', key: 'erp' },
  amount: null,
  says: 'ERP cannot be reached since 14:02.',
})

const never: Quiet = { enabled: false, from: '22:00', to: '07:00', zone: 'UTC', exceptCritical: true }

/** A box over a store, with the moves of the reconciler and of a person. */
function aBox(given: { store?: Store; atLeast?: () => Severity | null; quiet?: Quiet } = {}) {
  const store = given.store ?? aStore()
  const clock = fakeClock()
  const chance = seededChance()
  const box = outbox({
    store,
    clock,
    chance,
    titleOf: (rule) => catalogue.get(rule)?.title ?? rule,
    atLeast: given.atLeast ?? (() => 'high'),
    quiet: () => given.quiet ?? never,
  })
  const idOf = (finding: Finding): string => store.incidents.find('pair', finding.rule, finding.subject)?.id ?? 'none'
  return {
    store,
    clock,
    /** As one transaction of the reconciler. */
    speak(...findings: readonly Finding[]): void {
      clock.jump(1)
      store.transaction((tx) => {
        const more = { market: null, dueAt: null, parent: null, at: clock.now() }
        const changes = findings.flatMap((finding) => {
          const kept = store.incidents.apply(tx, 'pair', finding, { ...more, id: `i-${finding.rule}-${finding.subject.key}` })
          return kept.change === 'seen' ? [] : [{ incident: kept.id, what: kept.change }]
        })
        box.tell(tx, changes)
      })
    },
    under(parent: Finding, finding: Finding): void {
      store.transaction((tx) => {
        const more = { market: null, dueAt: null, at: clock.now() }
        const by = store.incidents.apply(tx, 'pair', parent, { ...more, id: 'parent', parent: null })
        const kept = store.incidents.apply(tx, 'pair', finding, { ...more, id: 'child', parent: by.id })
        box.tell(tx, [{ incident: kept.id, what: 'opened' }])
      })
    },
    heal(...findings: readonly Finding[]): void {
      clock.jump(1)
      store.transaction((tx) => {
        for (const finding of findings) store.incidents.resolve(tx, idOf(finding), 'ERP was read again.', clock.now())
        box.tell(tx, findings.map((finding) => ({ incident: idOf(finding), what: 'resolved' })))
      })
    },
    decide(finding: Finding, state: IncidentState): void {
      store.transaction((tx) => store.incidents.move(tx, idOf(finding), { state, until: null, who: 'you', says: 'Known.', at: clock.now() }))
    },
    show(id: string): void {
      store.transaction((tx) => store.notices.shown(tx, id, clock.now()))
    },
    waiting: () => store.notices.pending(clock.now()).map((notice) => [notice.kind, notice.title, notice.body]),
  }
}

const paid = 'Paid order never reached the ERP'

describe('notices that nobody has seen yet', () => {
  it('are one per rule, through however many transactions it speaks', () => {
    const box = aBox()
    box.speak(order('1001'), order('1002'))
    box.speak(order('1003', { amount: { minor: 500, currency: 'JPY' } }), order('1001', { rule: 'F02-total-differs', severity: 'high' }))
    box.speak(order('1004'), order('1005'))
    expect(box.waiting()).toEqual([
      ['opened', catalogue.get('F02-total-differs')?.title, order('1001').says],
      ['opened', `5 × ${paid}`, '96.00 EUR + 500 JPY: 1001, 1002, 1003 and 2 more.'],
    ])
    expect(box.store.notices.pending(box.clock.now())[1]?.incidents).toHaveLength(5)
  })

  it('count past the thousand whose ids they keep, and stay one for weeks without anybody there', () => {
    const box = aBox()
    for (let batch = 0; batch < 15; batch += 1) {
      box.speak(...Array.from({ length: 200 }, (_, nth) => order(String(batch * 200 + nth))))
      box.clock.jump(days(2))
    }
    expect(box.waiting().map(([, title, body]) => [title, body])).toEqual([[`3000 × ${paid}`, '72000.00 EUR: 0, 1, 2 and 2997 more.']])
    expect(box.store.notices.pending(box.clock.now())[0]?.incidents).toHaveLength(1000)
  })

  it('do not count what opens, closes and opens again twice', () => {
    const box = aBox()
    box.speak(order('1001'), order('1002'))
    box.heal(order('1001'))
    box.speak(order('1001'))
    expect(box.waiting().map(([, title]) => title)).toEqual([`2 × ${paid}`])
  })

  it('take the worst severity of what they sum up', () => {
    const box = aBox()
    box.speak(order('1001', { severity: 'high' }))
    box.speak(order('1002', { severity: 'critical' }))
    expect(box.store.notices.pending(box.clock.now()).map((notice) => notice.severity)).toEqual(['critical'])
  })

  it('that join one which is just being shown are told all the same', () => {
    const box = aBox()
    box.speak(order('1001'))
    const [beingShown] = box.store.notices.pending(box.clock.now())
    box.speak(order('1002'))
    box.show(beingShown?.id ?? '')
    expect(box.waiting().map(([, title]) => title)).toEqual([`2 × ${paid}`])
  })

  it('are told anew for what comes after they were shown', () => {
    const box = aBox()
    box.speak(order('1001'))
    box.show(box.store.notices.pending(box.clock.now())[0]?.id ?? '')
    box.speak(order('1002'))
    expect(box.waiting().map(([, title]) => title)).toEqual([paid])
  })
})

describe('notices of what is over before anybody has seen them', () => {
  const dear = (key: string): Finding => order(key, { rule: 'F02-total-differs', severity: 'high' })
  const night: Quiet = { enabled: true, from: '08:00', to: '12:00', zone: 'UTC', exceptCritical: true }
  const title = catalogue.get('F02-total-differs')?.title

  it('are never shown: what opened and ended within quiet hours wakes nobody after them', () => {
    const box = aBox({ quiet: night })
    box.speak(dear('1001'))
    box.heal(dear('1001'))
    box.clock.jump(minutes(241))
    expect(box.waiting()).toEqual([])
  })

  it('say what is left of them, and wait as long as before', () => {
    const box = aBox({ quiet: night })
    box.speak(dear('1001'), dear('1002'), dear('1003'))
    box.heal(dear('1001'))
    expect(box.waiting()).toEqual([])
    box.clock.jump(minutes(241))
    expect(box.waiting()).toEqual([['opened', `2 × ${title}`, '48.00 EUR: 1002, 1003.']])
    box.heal(dear('1003'))
    expect(box.waiting()).toEqual([['opened', title, dear('1002').says]])
  })

  it('are taken back also where they count more than they keep by id', () => {
    const box = aBox()
    box.speak(...Array.from({ length: 1002 }, (_, nth) => order(String(nth))))
    box.speak(order('late'))
    box.heal(order('0'), order('1001'))
    expect(box.waiting().map(([, told, body]) => [told, body])).toEqual([[`1001 × ${paid}`, '24048.00 EUR: 1, 2, 3 and 998 more.']])
    box.heal(...Array.from({ length: 1000 }, (_, nth) => order(String(nth + 1))), order('late'))
    expect(box.waiting()).toEqual([])
  })

  it('are taken back also while notices are switched off', () => {
    let atLeast: Severity | null = 'high'
    const box = aBox({ atLeast: () => atLeast })
    box.speak(order('1001'))
    atLeast = null
    box.heal(order('1001'))
    expect(box.waiting()).toEqual([])
  })
})

describe('an outage', () => {
  it('that flaps while nobody looks is one outage and one recovery, the latest last', () => {
    const box = aBox()
    box.speak(outage)
    box.heal(outage)
    box.speak(outage)
    box.heal(outage)
    expect(box.waiting().map(([kind]) => kind)).toEqual(['opened', 'recovered'])
    box.speak(outage)
    expect(box.waiting().map(([kind]) => kind)).toEqual(['recovered', 'opened'])
  })

  it.each(['ignored', 'snoozed'] as const)('that was %s ends without a word', (state) => {
    const box = aBox()
    box.speak(outage)
    box.show(box.store.notices.pending(box.clock.now())[0]?.id ?? '')
    box.decide(outage, state)
    box.heal(outage)
    expect(box.waiting()).toEqual([])
  })

  it('that somebody was on is told to be over', () => {
    const box = aBox()
    box.speak(outage)
    box.decide(outage, 'acknowledged')
    box.heal(outage)
    expect(box.waiting().map(([kind]) => kind)).toEqual(['opened', 'recovered'])
  })
})

describe('what comes and goes', () => {
  it('is told once as such, and not with every turn', () => {
    const box = aBox()
    for (let turn = 0; turn < 9; turn += 1) {
      box.speak(order('1001'))
      const [waiting] = box.store.notices.pending(box.clock.now())
      if (waiting !== undefined) box.show(waiting.id)
      if (turn < 3) expect(waiting?.kind).toBe('opened')
      else if (turn === 3) expect([waiting?.kind, waiting?.title]).toEqual(['flapping', `Comes and goes: ${paid}`])
      else expect(waiting).toBeUndefined()
      box.heal(order('1001'))
      box.clock.jump(minutes(5))
    }
    box.clock.jump(minutes(90))
    box.speak(order('1001'))
    expect(box.waiting().map(([kind]) => kind)).toEqual(['opened'])
  })

  it('is over only when it has held, and a recovery that did not is never told', () => {
    const box = aBox()
    const kindsShown = (): (string | undefined)[] => {
      const waiting = box.store.notices.pending(box.clock.now())
      for (const { id } of waiting) box.show(id)
      return waiting.map(({ kind }) => kind)
    }
    for (let turn = 0; turn < 4; turn += 1) {
      box.speak(outage)
      kindsShown()
      box.heal(outage)
    }
    box.clock.jump(minutes(20))
    box.speak(outage)
    box.heal(outage)
    box.clock.jump(minutes(29))
    expect(kindsShown()).toEqual([])
    box.clock.jump(minutes(2))
    expect(kindsShown()).toEqual(['recovered'])
  })
})

describe('quiet hours', () => {
  it('keep notices back, which grow meanwhile, and let through what is critical', () => {
    const quiet = { enabled: true, from: '08:00', to: '12:00', zone: 'UTC', exceptCritical: true }
    const box = aBox({ quiet })
    box.speak(order('1', { rule: 'F02-total-differs', severity: 'high' }))
    box.speak(order('2', { rule: 'F02-total-differs', severity: 'high' }), order('1001'))
    expect(box.waiting().map(([, title]) => title)).toEqual([paid])
    box.clock.jump(minutes(181))
    expect(box.waiting().map(([, title]) => title).toSorted()).toEqual([`2 × ${catalogue.get('F02-total-differs')?.title}`, paid])
    expect(box.store.notices.released(box.clock.now() - minutes(2), box.clock.now())).toBe(1)
  })
})

describe('what another incident explains', () => {
  const stopped = (severity: Severity) => aFinding({ rule: 'F11-flow-stopped', severity, subject: { kind: 'stream', connection: 'shop', key: 'orders' } })

  it('tells nothing of its own', () => {
    const box = aBox()
    box.under(stopped('critical'), order('1001'))
    expect(box.waiting()).toEqual([])
  })

  it('is told all the same where nobody hears of what explains it', () => {
    const box = aBox()
    box.under(stopped('low'), order('1001'))
    expect(box.waiting().map(([, title]) => title)).toEqual([paid])
  })
})

describe('what is told at all', () => {
  it('is nothing milder than wanted, and nothing while notices are off', () => {
    let atLeast: Severity | null = 'critical'
    const box = aBox({ atLeast: () => atLeast })
    box.speak(order('1001', { rule: 'F02-total-differs', severity: 'high' }))
    expect(box.waiting()).toEqual([])
    box.speak(order('1002'))
    expect(box.waiting().map(([, title]) => title)).toEqual([paid])
    atLeast = null
    box.speak(order('1003'))
    expect(box.waiting().map(([, title]) => title)).toEqual([paid])
  })

  it('waits in the file for whoever died before it was shown, and is forgotten a month after', () => {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-notices-'))
    folders.push(folder)
    const path = join(folder, 'plumbline.sqlite')
    const first = aBox({ store: aStore({ path }) })
    first.speak(order('1001'))
    // no closing: the process is gone between the commit and the showing
    const store = openStore(path, monday + minutes(1))
    expect(store.notices.pending(monday + minutes(1)).map((notice) => notice.title)).toEqual([paid])
    store.transaction((tx) => store.notices.shown(tx, store.notices.pending(monday + minutes(1))[0]?.id ?? '', monday + minutes(1)))
    expect([store.notices.pending(monday + minutes(1)), first.waiting()]).toEqual([[], []])
    store.close()
    first.clock.jump(days(31))
    first.speak(order('1002'))
    expect(first.store.notices.standing('opened', 'F02-paid-order-missing')).toHaveLength(1)
    first.store.close()
  })
})
