// @vitest-environment jsdom
/** One incident: what differs is said, decisions carry their reason, and a repair is confirmed with what was shown. */
import { implement } from '@orpc/server'
import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { contract } from '../../../src-main/contract/operations.ts'
import type { IncidentView } from '../../../src-main/contract/views.ts'
import { type IntentState, intentMoves, intentStates } from '../../../src-main/domain/intent.ts'
import { sampleIncident, sampleIncidents } from '../../support/sample/incidents.ts'
import { aPreview, anIntent } from '../../support/sample/replays.ts'
import { type Scene } from '../../support/sample/scene.ts'
import { openPage } from './page.tsx'

const os = implement(contract)
const scene: Scene = { mood: 'busy', now: Date.now(), poll: 0 }
const missing = sampleIncidents(scene).filter(
  (row) => row.rule === 'F02-paid-order-missing' && row.state === 'open',
)

/** The first open one whose number leaves this when divided by four: the sample answers each of the four otherwise. */
function incidentOf(turn: number): string {
  const found = missing.find((row) => Number(row.id.split('-').at(-1)) % 4 === turn)
  if (found === undefined) throw new Error(`the sample has no open incident for turn ${turn}`)
  return found.id
}

describe('the evidence', () => {
  it('says in words where the sides differ, not only by colour', async () => {
    openPage(`#/incidents/${incidentOf(0)}`)
    const row = (await screen.findByRole('rowheader', { name: 'Captured' })).closest('tr')
    expect(row?.textContent).toMatch(/EUR|JPY|KWD/)
    expect(row?.textContent).toContain('differs from')
    expect(row?.textContent).toContain('nothing')
  })
})

describe('a decision', () => {
  it('to snooze carries the moment and the reason', async () => {
    const page = openPage(`#/incidents/${incidentOf(0)}`)
    await page.user.click(await screen.findByRole('button', { name: 'Snooze' }))
    const dialog = await screen.findByRole('dialog')
    const send = within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Snooze' })
    expect(send.disabled).toBe(true)
    await page.user.click(within(dialog).getByRole('radio', { name: '4 hours' }))
    await page.user.type(
      within(dialog).getByRole('textbox', { name: 'Why it can wait' }),
      'The ERP is down for upgrade.',
    )
    await page.user.click(send)
    await waitFor(() => expect(page.inputsOf('incidents.snooze')).toHaveLength(1))
    const [sent] = page.inputsOf('incidents.snooze')
    expect(sent).toEqual({
      id: incidentOf(0),
      why: 'The ERP is down for upgrade.',
      until: expect.any(Number),
    })
    const ahead = Number(Reflect.get(Object(sent), 'until')) - Date.now()
    expect(ahead).toBeGreaterThan(3.9 * 3_600_000)
    expect(ahead).toBeLessThanOrEqual(4 * 3_600_000)
  })

  it('is made by its key too', async () => {
    const page = openPage(`#/incidents/${incidentOf(0)}`)
    await screen.findByRole('button', { name: 'Acknowledge' })
    await page.user.keyboard('a')
    await waitFor(() =>
      expect(page.inputsOf('incidents.acknowledge')).toEqual([{ id: incidentOf(0) }]),
    )
  })

  it('that the engine refuses is told, and its dialog stays with what was typed', async () => {
    const page = openPage(`#/incidents/${incidentOf(0)}`, {
      answering: (router) => ({
        ...router,
        incidents: {
          ...router.incidents,
          ignore: os.incidents.ignore.handler(({ errors }) => {
            throw errors.REFUSED({ data: { says: 'A repair of it is on its way.', field: null } })
          }),
        },
      }),
    })
    await page.user.click(await screen.findByRole('button', { name: 'Ignore' }))
    const dialog = await screen.findByRole('dialog')
    const why = within(dialog).getByRole<HTMLTextAreaElement>('textbox')
    await page.user.type(why, 'A gift, never billed.')
    await page.user.click(within(dialog).getByRole('button', { name: 'Ignore' }))
    await within(dialog).findByText('A repair of it is on its way.')
    expect(why.value).toBe('A gift, never billed.')
  })
})

describe('a repair', () => {
  it('is confirmed with the hash of exactly what was shown, and the reason', async () => {
    const id = incidentOf(0)
    const page = openPage(`#/incidents/${id}`)
    await page.user.click(await screen.findByRole('button', { name: 'Preview the repair' }))
    const dialog = await screen.findByRole('dialog')
    expect(within(dialog).getByLabelText('The exact payload').textContent).toContain('"reference"')
    expect(within(dialog).getByText('Checked before and after')).toBeTruthy()
    expect(within(dialog).getByText(/which a person has to cancel/)).toBeTruthy()
    const send = within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Create the order' })
    expect(send.disabled).toBe(true)
    await page.user.type(within(dialog).getByRole('textbox'), 'Lost in the outage.')
    await page.user.click(send)
    await waitFor(() =>
      expect(page.inputsOf('replays.confirm')).toEqual([
        { id: `replay-${id}`, previewHash: '9f2c4e1b7a', reason: 'Lost in the outage.' },
      ]),
    )
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(await screen.findByRole('region', { name: 'How the repair stands' })).toBeTruthy()
  })

  it('cannot be confirmed while the integration itself may still be sending', async () => {
    const page = openPage(`#/incidents/${incidentOf(1)}`)
    await page.user.click(await screen.findByRole('button', { name: 'Preview the repair' }))
    const dialog = await screen.findByRole('dialog')
    await page.user.type(within(dialog).getByRole('textbox'), 'In a hurry.')
    expect(within(dialog).getByText(/Your own integration may still be trying/)).toBeTruthy()
    expect(
      within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Create the order' }).disabled,
    ).toBe(true)
  })

  it('that is too old is previewed again before it may be sent', async () => {
    const id = incidentOf(0)
    const row = missing.find((each) => each.id === id)
    if (row === undefined) throw new Error('the sample changed')
    const page = openPage(`#/incidents/${id}`, {
      answering: (router) => ({
        ...router,
        replays: {
          ...router.replays,
          preview: os.replays.preview.handler(() =>
            aPreview(row, anIntent(row, 'previewed', scene, { expiresAt: Date.now() - 1 }), scene),
          ),
        },
      }),
    })
    await page.user.click(await screen.findByRole('button', { name: 'Preview the repair' }))
    const dialog = await screen.findByRole('dialog')
    await page.user.type(within(dialog).getByRole('textbox'), 'Lost in the outage.')
    expect(
      within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Create the order' }).disabled,
    ).toBe(true)
    await page.user.click(within(dialog).getByRole('button', { name: 'Preview again' }))
    await waitFor(() => expect(page.inputsOf('replays.preview')).toHaveLength(2))
  })

  it('that healed by itself says so and offers nothing to send', async () => {
    const page = openPage(`#/incidents/${incidentOf(2)}`)
    await page.user.click(await screen.findByRole('button', { name: 'Preview the repair' }))
    const dialog = await screen.findByRole('dialog', { name: 'Nothing is left to repair' })
    expect(within(dialog).queryByRole('textbox')).toBeNull()
  })

  it('that is refused shows what to do about it', async () => {
    const page = openPage(`#/incidents/${incidentOf(3)}`)
    await page.user.click(await screen.findByRole('button', { name: 'Preview the repair' }))
    const dialog = await screen.findByRole('dialog', { name: 'This cannot be sent' })
    expect(within(dialog).getAllByRole('listitem')).toHaveLength(3)
    expect(within(dialog).queryByRole('textbox')).toBeNull()
  })

  it('that is switched off says so and leads to the switch', async () => {
    openPage(`#/incidents/${incidentOf(0)}`, {
      answering: (router) => ({
        ...router,
        settings: {
          ...router.settings,
          get: os.settings.get.handler(() => ({
            pollSeconds: 10,
            retentionDays: 400,
            repairs: {
              'order.create': false,
              'invoice.create': false,
              'stock.set': false,
              'status.push': false,
            },
            notices: { enabled: true, atLeast: 'high' },
            quiet: { enabled: false, from: '22:00', to: '07:00', zone: 'UTC', exceptCritical: true },
            digest: { enabled: false, at: '08:00', zone: 'UTC' },
          })),
        },
      }),
    })
    expect(
      (await screen.findByRole('link', { name: 'Switch it on in Settings' })).getAttribute('href'),
    ).toBe('#/settings')
    expect(screen.queryByRole('button', { name: 'Preview the repair' })).toBeNull()
  })
})

describe('a replay on its way', () => {
  /** What a button for a move says; the moves themselves come from the engine. */
  const words: Partial<Record<IntentState, RegExp>> = {
    confirmed: /^(?:Send it again|Preview it again)/,
    expired: /^Give it up/,
  }

  function withReplay(state: IntentState, moves: readonly IntentState[]) {
    const id = incidentOf(0)
    const [row] = missing.filter((each) => each.id === id)
    return openPage(`#/incidents/${id}`, {
      answering: (router) => ({
        ...router,
        incidents: {
          ...router.incidents,
          get: os.incidents.get.handler(({ errors }) => {
            if (row === undefined) throw errors.NOT_FOUND({ data: { says: 'gone' } })
            const asOf = { at: scene.now, staleAfterMs: 60_000 }
            return {
              ...row,
              evidence: [],
              resolvedBy: null,
              closedAs: null,
              children: 0,
              order: row.subject.key,
              parentSays: null,
              shopAsOf: asOf,
              erpAsOf: asOf,
              shopLabel: 'Shop',
              erpLabel: 'ERP',
              ownedBy: 'rule' as const,
              slaLeftMs: null,
              snoozedUntil: null,
              timeline: [],
              guide: [],
              replays: [anIntent(row, state, scene, { moves: [...moves] })],
            }
          }),
        },
      }),
    })
  }

  const movesOf = (state: IntentState): IntentState[] =>
    intentMoves[state].filter((move) => move.by === 'person').map((move) => move.to)

  it.each(intentStates.filter((state) => state !== 'previewed'))(
    'in state %s has a button for each move that the engine lists',
    async (state) => {
      withReplay(state, movesOf(state))
      const panel = await screen.findByRole('region', { name: 'How the repair stands' })
      for (const [move, name] of Object.entries(words)) {
        expect(within(panel).queryAllByRole('button', { name }), move).toHaveLength(
          movesOf(state).some((each) => each === move) ? 1 : 0,
        )
      }
    },
  )

  it('has no button for a move that the engine does not list, whatever its state', async () => {
    withReplay('absent', [])
    const panel = await screen.findByRole('region', { name: 'How the repair stands' })
    expect(
      within(panel)
        .getAllByRole('button')
        .map((button) => button.textContent),
    ).toEqual(['Look once more'])
  })

  it('is given up with a reason only', async () => {
    const page = withReplay('unclear', movesOf('unclear'))
    await page.user.click(await screen.findByRole('button', { name: /^Give it up/ }))
    const dialog = await screen.findByRole('dialog')
    const does = within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Give it up' })
    expect(does.disabled).toBe(true)
    await page.user.type(within(dialog).getByRole('textbox'), 'Entered by hand.')
    await page.user.click(does)
    await waitFor(() =>
      expect(page.inputsOf('replays.abandon')).toEqual([
        { id: `replay-${incidentOf(0)}`, reason: 'Entered by hand.' },
      ]),
    )
  })

  it('is sent again only through a new preview', async () => {
    const page = withReplay('absent', movesOf('absent'))
    await page.user.click(await screen.findByRole('button', { name: /^Send it again/ }))
    await screen.findByRole('dialog')
    expect(page.inputsOf('replays.preview')).toHaveLength(1)
    expect(page.inputsOf('replays.confirm')).toHaveLength(0)
  })
})

describe('the evidence of an incident that is over', () => {
  it('is dated by when it was last seen, not by the last read', async () => {
    const id = incidentOf(0)
    const [row] = missing.filter((each) => each.id === id)
    openPage(`#/incidents/${id}`, {
      answering: (router) => ({
        ...router,
        incidents: {
          ...router.incidents,
          get: os.incidents.get.handler(({ errors }) => {
            if (row === undefined) throw errors.NOT_FOUND({ data: { says: 'gone' } })
            const asOf = { at: Date.now(), staleAfterMs: 60_000 }
            return {
              ...row,
              state: 'resolved' as const,
              seenAt: Date.now() - 3 * 3_600_000,
              resolvedAt: Date.now(),
              resolvedBy: 'Both sides agree.',
              closedAs: 'evidence',
              children: 0,
              order: row.subject.key,
              parentSays: null,
              evidence: [{ label: 'Captured', shop: '1.00 EUR', erp: null, differs: true }],
              shopAsOf: asOf,
              erpAsOf: asOf,
              shopLabel: 'Shop',
              erpLabel: 'ERP',
              ownedBy: 'rule' as const,
              slaLeftMs: null,
              snoozedUntil: null,
              timeline: [],
              guide: [],
              replays: [],
            }
          }),
        },
      }),
    })
    const panel = await screen.findByRole('region', {
      name: 'What both sides said while it was open',
    })
    expect(panel.textContent).toMatch(/3\sh ago/)
    expect(panel.textContent).not.toContain('just now')
    expect(screen.queryByRole('button', { name: 'Preview the repair' })).toBeNull()
  })
})

describe('an incident beside others', () => {
  const id = incidentOf(0)
  const [row] = missing.filter((each) => each.id === id)

  function withFamily(family: Pick<IncidentView, 'parent' | 'parentSays' | 'children'> & { readonly order?: string }, subject?: IncidentView['subject']) {
    return openPage(`#/incidents/${id}`, {
      answering: (router) => ({
        ...router,
        incidents: {
          ...router.incidents,
          get: os.incidents.get.handler(({ errors }) => {
            if (row === undefined) throw errors.NOT_FOUND({ data: { says: 'gone' } })
            return { ...sampleIncident(row, scene, [], []), ...family, subject: subject ?? row.subject }
          }),
        },
      }),
    })
  }

  it('leads to the one that explains it', async () => {
    withFamily({ parent: 'flow-1', parentSays: 'No order has arrived since noon; 12 wait.', children: 0 })
    const link = await screen.findByRole('link', { name: /No order has arrived since noon/ })
    expect(link.getAttribute('href')).toBe('#/incidents/flow-1')
  })

  it('says how many it explains, and leads to them', async () => {
    const page = withFamily({ parent: null, parentSays: null, children: 12 })
    expect(await screen.findByText(/12 open incidents are part of/)).toBeTruthy()
    await page.user.click(screen.getByRole('link', { name: 'see them in the queue' }))
    await waitFor(() => expect(page.inputsOf('incidents.list').at(-1)).toMatchObject({ parent: id, rule: null, offset: 0 }))
    expect(await screen.findByText('Parts of one incident')).toBeTruthy()
  })

  it('of an invoice leads to the order that it bills', async () => {
    withFamily({ parent: null, parentSays: null, children: 0, order: 'NL-7' }, { kind: 'invoice', connection: 'shop', key: 'INV/7' })
    const link = await screen.findByRole('link', { name: 'The order’s whole chain' })
    expect(link.getAttribute('href')).toMatch(/^#\/orders\/NL-7/)
  })

  it('leads to the one that it speaks of', async () => {
    withFamily({ parent: null, parentSays: null, children: 0 }, { kind: 'incident', connection: 'shop', key: 'other-1' })
    const link = await screen.findByRole('link', { name: 'open that one' })
    expect(link.getAttribute('href')).toBe('#/incidents/other-1')
  })
})
