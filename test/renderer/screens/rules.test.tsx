// @vitest-environment jsdom
/** Rules and owners: what is set is sent whole, what cannot be is said in its place, and hours are read as people write them. */
import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { officeHours } from '../../../src-main/domain/calendar.ts'
import { calendarDraft, readCalendar } from '../../../src-renderer/screens/rules/calendar-draft.ts'
import { sampleIncidents } from '../../support/sample/incidents.ts'
import { openPage } from './page.tsx'

const rule = 'F02-order-missing'
const nothing = { on: null, severity: null, owner: null, slaMinutes: null, reactMinutes: null }
const field = (name: string, nth = 0): HTMLElement => {
  const found = screen.getAllByRole('textbox', { name })[nth]
  if (found === undefined) throw new Error(`there is no field ${name}`)
  return found
}

describe('a rule of a pair', () => {
  it('is found in the list with its owner and its deadline', async () => {
    openPage('#/rules')
    const table = await screen.findByRole('grid', { name: 'Rules' })
    expect(table.textContent).toContain('Order never reached the ERP')
    expect(table.textContent).toContain('Finance')
  })

  it('leads from how many it has open to those of its pair', async () => {
    const page = openPage('#/rules')
    const [open] = await screen.findAllByRole('link', { name: /open of:/ })
    if (open === undefined) throw new Error('nothing is open')
    await page.user.click(open)
    await screen.findByRole('grid', { name: 'Incidents' })
    expect(page.inputsOf('incidents.list').at(-1)).toMatchObject({ rule: expect.stringMatching(/^F/), pair: expect.any(String) })
  })

  it('is saved whole: deadline, parameters here, and those of one market', async () => {
    const page = openPage(`#/rules/${rule}`)
    await screen.findByRole('form', { name: 'Rule' })
    await page.user.type(field('Resolved within, in minutes'), '90')
    await page.user.clear(field('Grace, in minutes'))
    await page.user.type(field('Grace, in minutes'), '20')
    await page.user.click(screen.getByRole('button', { name: 'Another market' }))
    await page.user.type(field('Country', 1), 'jp')
    await page.user.type(field('Grace, in minutes', 2), '120')
    await page.user.type(field('Escalated after, in minutes', 2), '30')
    await page.user.click(screen.getAllByRole('combobox', { name: 'Owner' })[2] ?? document.body)
    await page.user.keyboard('{ArrowDown}{ArrowDown}{Enter}')
    await page.user.type(field('Why'), 'Their bank is slow.')
    await page.user.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(page.inputsOf('rules.save')).toHaveLength(1))
    expect(page.inputsOf('rules.save')[0]).toEqual({
      pair: 'nordlicht',
      rule,
      setting: { on: true, severity: null, owner: 'finance', slaMinutes: 90, reactMinutes: null, params: { graceMinutes: 20 }, markets: { FR: { ...nothing, params: { graceMinutes: 60 } }, JP: { ...nothing, owner: 'jonas', reactMinutes: 30, params: { graceMinutes: 120 } } } },
      why: 'Their bank is slow.',
    })
    expect(await screen.findByText(/setting: 1 → 2/)).toBeTruthy()
  })

  it('is switched off in one market only with a word of why', async () => {
    const page = openPage(`#/rules/${rule}`)
    await screen.findByRole('form', { name: 'Rule' })
    await page.user.click(screen.getByRole('combobox', { name: 'Judged by this rule' }))
    await page.user.keyboard('{ArrowDown}{ArrowDown}{Enter}')
    await page.user.click(screen.getByRole('button', { name: 'Save' }))
    expect(await screen.findByText(/Say why it is switched off/)).toBeTruthy()
    expect(page.inputsOf('rules.save')).toEqual([])
    await page.user.type(field('Why'), 'Sold by a partner there.')
    await page.user.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(page.inputsOf('rules.save')).toMatchObject([{ setting: { on: true, markets: { FR: { on: false } } }, why: 'Sold by a partner there.' }]))
    expect(await screen.findByText('Why: Sold by a partner there.')).toBeTruthy()
  })

  it('offers no market of its own where its subjects are of none', async () => {
    openPage('#/rules/F01-stock-behind')
    expect(await screen.findByText(/holds for all markets/)).toBeTruthy()
    expect([field('Grace, in minutes').tagName, screen.queryByRole('button', { name: 'Another market' })]).toEqual(['INPUT', null])
  })

  it('says in its place what cannot be, and sends nothing', async () => {
    const page = openPage(`#/rules/${rule}`)
    await screen.findByRole('form', { name: 'Rule' })
    await page.user.type(field('Resolved within, in minutes'), 'soon')
    await page.user.clear(field('Grace, in minutes'))
    await page.user.type(field('Grace, in minutes'), '9999')
    await page.user.click(screen.getByRole('button', { name: 'Save' }))
    expect(await screen.findByText('A whole number from 0 to 1440.')).toBeTruthy()
    expect(screen.getByText('A whole number of minutes, from 1 to a year.')).toBeTruthy()
    expect(page.inputsOf('rules.save')).toEqual([])
  })
})

describe('a person', () => {
  it('is added with hours as they are written', async () => {
    const page = openPage('#/people/new')
    await page.user.type(await screen.findByRole('textbox', { name: 'Name' }), 'Ines')
    await page.user.clear(field('Friday'))
    await page.user.type(field('Friday'), '9:00-12:30, 13:00 – 15:00')
    await page.user.type(field('Holidays'), '2026-12-25 2026-12-24')
    await page.user.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(page.inputsOf('people.save')).toHaveLength(1))
    const week = officeHours('UTC').week.map((day, nth) => (nth === 4 ? [{ from: '09:00', to: '12:30' }, { from: '13:00', to: '15:00' }] : day))
    expect(page.inputsOf('people.save')[0]).toMatchObject({ id: null, name: 'Ines', email: null, calendar: { week, holidays: ['2026-12-24', '2026-12-25'] } })
  })

  it.each([
    ['zone', { zone: 'Europe/Atlantis' }, 'zone'],
    ['hours that overlap', { week: ['09:00-12:00, 11:00-13:00', '', '', '', '', '', ''] }, 'week'],
    ['hours that end before they begin', { week: ['17:00-09:00', '', '', '', '', '', ''] }, 'Monday'],
    ['hours in words', { week: ['all day', '', '', '', '', '', ''] }, 'Monday'],
    ['a holiday that is none', { holidays: '2026-02-30' }, 'holidays'],
  ])('cannot have a %s, and is told where', (_what, wrong, where) => {
    const read = readCalendar({ ...calendarDraft(officeHours('Europe/Paris')), ...wrong })
    expect('problems' in read ? Object.keys(read.problems) : []).toContain(where)
  })

  it('reads back the hours that it wrote', () => {
    const hours = { ...officeHours('Asia/Tokyo'), holidays: ['2026-01-01'] }
    expect(readCalendar(calendarDraft(hours))).toEqual({ calendar: hours })
  })
})

describe('an incident', () => {
  const id = sampleIncidents({ mood: 'busy', now: Date.now(), poll: 0 }).find((row) => row.state === 'open')?.id ?? ''

  it('shows whose it is and the time that is left, and is given to another', async () => {
    const page = openPage(`#/incidents/${id}`)
    const panel = await screen.findByRole('region', { name: 'Who, and by when' })
    expect(panel.textContent).toMatch(/left|Late by/)
    await page.user.click(within(panel).getByRole('combobox', { name: 'Owner' }))
    await page.user.click(await screen.findByRole('option', { name: /Jonas/, hidden: true }))
    await waitFor(() => expect(page.inputsOf('incidents.decide')).toEqual([{ ids: [id], decision: { kind: 'assign', owner: 'jonas', why: '' } }]))
    expect(await screen.findByText(/Given to Jonas/)).toBeTruthy()
  })

  it('takes a comment, which stands in its timeline', async () => {
    const page = openPage(`#/incidents/${id}`)
    await page.user.type(await screen.findByRole('textbox', { name: 'Comment' }), 'The agency knows.')
    await page.user.click(screen.getByRole('button', { name: 'Comment' }))
    expect(await screen.findByText('The agency knows.')).toBeTruthy()
    expect(page.inputsOf('incidents.decide')).toEqual([{ ids: [id], decision: { kind: 'comment', says: 'The agency knows.' } }])
  })

  it('that was put right by hand says what, who and why', async () => {
    const page = openPage(`#/incidents/${id}`)
    await page.user.click(await screen.findByRole('button', { name: 'Put right by hand…' }))
    const dialog = await screen.findByRole('dialog')
    const send = within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Write it down' })
    expect(send.disabled).toBe(true)
    await page.user.type(within(dialog).getByRole('textbox', { name: 'What changed' }), 'Keyed in as SO-1.')
    await page.user.type(within(dialog).getByRole('textbox', { name: 'Why' }), 'The queue was stuck.')
    await page.user.click(send)
    await waitFor(() => expect(page.inputsOf('incidents.decide')).toHaveLength(1))
    expect(page.inputsOf('incidents.decide')[0]).toEqual({
      ids: [id],
      decision: { kind: 'override', class: 'entered', what: 'Keyed in as SO-1.', why: 'The queue was stuck.', by: 'you', severity: null },
    })
  })
})

describe('a class of failed calls', () => {
  const openTax = async () => {
    const page = openPage('#/rules')
    const grid = await screen.findByRole('grid', { name: 'Error classes' })
    await page.user.click(await within(grid).findByRole('row', { name: /Tax refused/ }))
    return { page, form: await screen.findByRole('form', { name: 'Error class' }) }
  }

  it('is listed with when it speaks, whose it is and by when', async () => {
    openPage('#/rules')
    const grid = await screen.findByRole('grid', { name: 'Error classes' })
    const row = await within(grid).findByRole('row', { name: /Tax refused/ })
    expect(row.textContent?.replaceAll(/\s/g, ' ')).toBe('HighTax refused1 in 1 dFinance24 h of work4 h of workYes7')
  })

  it('is saved whole, with what was left as it was', async () => {
    const { page, form } = await openTax()
    const deadline = within(form).getByRole('textbox', { name: 'Resolved within, in minutes' })
    await page.user.clear(deadline)
    await page.user.type(deadline, '600')
    await page.user.click(within(form).getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(page.inputsOf('faults.save')).toEqual([
      { class: 'tax', setting: { person: 'finance', countMin: 1, shareMin: 0, windowMinutes: 1440, severity: 'high', slaMinutes: 600, escalateMinutes: 240 } },
    ]))
    await waitFor(() => expect(screen.queryByRole('form', { name: 'Error class' })).toBeNull())
  })

  it.each([
    ['And this share of them, in percent', '101', 'A whole number from 0 to 100.'],
    ['Resolved within, in minutes', 'soon', 'Minutes from 1 to 525,600 (a year).'],
    ['Told on after, in minutes', '2000', 'Minutes from 1 to 525,600, and no more than it is to be resolved within.'],
  ])('refuses a figure of "%s" that cannot be, in its place', async (name, typed, says) => {
    const { page, form } = await openTax()
    const input = within(form).getByRole<HTMLInputElement>('textbox', { name })
    await page.user.clear(input)
    await page.user.type(input, typed)
    await page.user.click(within(form).getByRole('button', { name: 'Save' }))
    expect(await within(form).findByText(says)).toBeTruthy()
    expect([input.value, page.inputsOf('faults.save')]).toEqual([typed, []])
  })
})
