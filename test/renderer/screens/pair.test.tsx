// @vitest-environment jsdom
/** A pair's settings: the pattern is tried on real numbers while it is typed, and what cannot be used is marked in its place. */
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { openPage } from './page.tsx'

async function thePair() {
  const page = openPage('#/pairs/nordlicht')
  const form = await screen.findByRole('form', { name: 'Pair settings' })
  return { page, form }
}

describe('a pair', () => {
  it('tries its pattern on real references and shows which the shop has', async () => {
    const { page, form } = await thePair()
    await within(form).findByText('0 of 24 references of the ERP name an order that the shop has.')
    await page.user.click(within(form).getByRole('radio', { name: /part of its reference/ }))
    await page.user.click(within(form).getByRole('textbox', { name: 'Pattern' }))
    await page.user.paste(String.raw`^(?<store>\w+?)-(?<number>NL-\d+)$`)
    await within(form).findByText('21 of 24 references of the ERP name an order that the shop has.')
    const row = within(form).getByRole('cell', { name: 'EU-NL-104882' }).closest('tr')
    expect(row?.textContent).toContain('NL-104882')
    expect(row?.textContent).toContain('there')
  })

  it('says what is wrong with a pattern in its place, and saves nothing', async () => {
    const { page, form } = await thePair()
    await page.user.click(within(form).getByRole('radio', { name: /part of its reference/ }))
    const pattern = within(form).getByRole<HTMLInputElement>('textbox', { name: 'Pattern' })
    await page.user.click(pattern)
    await page.user.paste('^WEB-(')
    expect((await within(form).findAllByText(/not a regular expression/)).length).toBeGreaterThan(0)
    await page.user.click(within(form).getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(document.activeElement).toBe(pattern))
    expect(pattern.getAttribute('aria-invalid')).toBe('true')
    expect(pattern.value).toBe('^WEB-(')
    expect(page.inputsOf('pairs.save')).toHaveLength(0)
  })

  it('refuses a grace that is no number of minutes without losing it', async () => {
    const { page, form } = await thePair()
    const grace = within(form).getByRole<HTMLInputElement>('textbox', { name: 'Grace in minutes' })
    await page.user.clear(grace)
    await page.user.type(grace, 'soon')
    await page.user.click(within(form).getByRole('button', { name: 'Save' }))
    expect(await within(form).findByText(/A number of minutes/)).toBeTruthy()
    expect(grace.value).toBe('soon')
    expect(page.inputsOf('pairs.save')).toHaveLength(0)
  })

  it('refuses a time zone that nobody knows, in its place, and keeps what was typed', async () => {
    const { page, form } = await thePair()
    const zone = within(form).getByRole<HTMLInputElement>('combobox', { name: 'Time zone of the business day' })
    await page.user.click(zone)
    await page.user.paste('Europe/Paname')
    await page.user.click(within(form).getByRole('button', { name: 'Save' }))
    expect(await within(form).findByText('No time zone has this name: choose one of the list, such as Europe/Paris.')).toBeTruthy()
    await waitFor(() => expect(document.activeElement).toBe(zone))
    expect(zone.value).toBe('Europe/Paname')
    expect(page.inputsOf('pairs.save')).toHaveLength(0)
    await page.user.clear(zone)
    await page.user.paste('Europe/Paris')
    fireEvent.change(within(form).getByLabelText('Days are signed off from'), { target: { value: '2026-11-01' } })
    await page.user.click(within(form).getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(page.inputsOf('pairs.save')).toHaveLength(1))
    expect(page.inputsOf('pairs.save')[0]).toMatchObject({ settings: { zone: 'Europe/Paris', signOffFrom: '2026-11-01' } })
  })

  it('saves what was changed beside what was not', async () => {
    const { page, form } = await thePair()
    await page.user.click(
      await within(form).findByRole('combobox', { name: 'Paid by bank-transfer' }),
    )
    await page.user.keyboard('{ArrowDown}{Enter}')
    const buffer = within(form).getByRole('textbox', { name: 'Safety buffer in units' })
    await page.user.clear(buffer)
    await page.user.type(buffer, '2')
    await page.user.click(within(form).getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(page.inputsOf('pairs.save')).toHaveLength(1))
    expect(page.inputsOf('pairs.save')[0]).toEqual({
      id: 'nordlicht',
      shop: 'nordlicht-eu',
      erp: 'tryton-main',
      why: '',
      settings: {
        since: '2026-01-01T00:00:00Z',
        zone: null,
        signOffFrom: null,
        closeBasis: { shop: 'captured', erp: 'document' },
        reference: null,
        store: 'EU',
        due: { 'bank-transfer': 'placed' },
        graceMinutes: 15,
        stockTargetMinutes: 15,
        stockBuffer: 2,
        stockShare: '1',
        stockCap: null,
        locations: { 'WH-HH': 'Hamburg', 'WH-LEJ': 'Leipzig' },
        channels: [],
        testMarks: [],
        skuMap: {},
        bundles: {},
        packs: {},
        units: {},
        taxCodes: {},
        statusMap: {},
        markets: {},
        shippingMethods: {},
        salesChannels: {},
        paymentMethods: {},
        discountCodes: {},
        owners: {},
        actors: { integration: [], people: [] },
      },
    })
  })

  it('saves maps as they are pasted, and owners with who else may change', async () => {
    const { page, form } = await thePair()
    const fill = async (fold: string, text: string): Promise<void> => {
      await page.user.click(within(form).getByText(fold))
      await page.user.click(within(form).getByRole('textbox', { name: fold }))
      await page.user.paste(text)
    }
    await fill('SKUs', 'MUG-BLUE\t0815\nTEA = 0816')
    await fill('Bundles', 'SET = 2 × MUG-BLUE + 1 x TEA')
    await fill('Packs', 'SIX = 6 Unit')
    await fill('Units', 'box = 12 piece')
    const prices = within(form).getByRole('group', { name: 'Prices' })
    // what no rule looks at is not asked for
    expect([within(form).queryByRole('group', { name: 'Stock' }), within(form).queryByRole('group', { name: 'Shipment status' })]).toEqual([null, null])
    await page.user.click(within(prices).getByRole('combobox', { name: 'Prices' }))
    await page.user.keyboard('{ArrowDown}{ArrowDown}{Enter}')
    expect(within(prices).queryByRole('combobox', { name: 'May also create' })).toBeNull()
    await page.user.type(within(prices).getByRole('combobox', { name: 'May overrule, by user id' }), 'eva{Enter}')
    await page.user.click(within(form).getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(page.inputsOf('pairs.save')).toHaveLength(1))
    expect(page.inputsOf('pairs.save')[0]).toMatchObject({
      settings: {
        skuMap: { 'MUG-BLUE': '0815', TEA: '0816' },
        bundles: { SET: { 'MUG-BLUE': '2', TEA: '1' } },
        packs: { SIX: { size: '6', unit: 'Unit' } },
        units: { box: { of: 'piece', times: '12' } },
        owners: { price: { owner: 'erp', create: [], update: [], override: ['eva'] } },
      },
    })
  })

  it.each([
    ['Units', 'box = 12 piece\npiece = 1 box', /must not go round in a circle: box is so many piece/i],
    ['Bundles', 'SET = 1 × SET', /must not contain itself: SET contains SET/i],
    ['Bundles', 'SET = MUG', /Line 1 is not such as BREAKFAST/],
    ['SKUs', 'A = 1\nA = 2', /Line 2 names A a second time/],
    ['Statuses', 'processing = lost', /Each status of the ERP is draft, open, done or cancelled/],
  ])('says what is wrong in %s that cannot be, keeps what was typed, and saves nothing', async (fold, text, says) => {
    const { page, form } = await thePair()
    await page.user.click(within(form).getByText(fold))
    const box = within(form).getByRole<HTMLTextAreaElement>('textbox', { name: fold })
    await page.user.click(box)
    await page.user.paste(text)
    await page.user.click(within(form).getByRole('button', { name: 'Save' }))
    expect(await within(form).findByText(says)).toBeTruthy()
    expect(box.value).toBe(text)
    expect(page.inputsOf('pairs.save')).toHaveLength(0)
  })

  it('takes who is the integration and who is a person, and nobody as both', async () => {
    const { page, form } = await thePair()
    const integration = within(form).getByRole('combobox', { name: 'The integration’s users in the ERP' })
    const people = within(form).getByRole('combobox', { name: 'People in the ERP' })
    await page.user.type(integration, '2{Enter}')
    await page.user.type(people, '2{Enter}')
    await page.user.click(within(form).getByRole('button', { name: 'Save' }))
    expect(await within(form).findByText(/cannot be both/)).toBeTruthy()
    expect(page.inputsOf('pairs.save')).toHaveLength(0)
    await page.user.type(people, '{Backspace}7{Enter}')
    await page.user.click(within(form).getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(page.inputsOf('pairs.save')).toHaveLength(1))
    expect(page.inputsOf('pairs.save')[0]).toMatchObject({
      settings: { actors: { integration: ['2'], people: ['7'] } },
    })
  })

  it('keeps what was typed while the person looks elsewhere', async () => {
    const { page, form } = await thePair()
    const grace = within(form).getByRole('textbox', { name: 'Grace in minutes' })
    await page.user.clear(grace)
    await page.user.type(grace, '45')
    window.location.hash = '#/connections'
    await screen.findByRole('heading', { name: 'Connections' })
    window.location.hash = '#/pairs/nordlicht'
    expect(
      (await screen.findByRole<HTMLInputElement>('textbox', { name: 'Grace in minutes' })).value,
    ).toBe('45')
  })
})

describe('the history of a pair', () => {
  it('tells who changed what and why, in the words of the form', async () => {
    await thePair()
    const panel = await screen.findByRole('region', { name: 'History' })
    expect(await within(panel).findByText('Grace in minutes: 15 → 30')).toBeTruthy()
    expect(panel.textContent).toMatch(/Units, MUG: none → 6/)
    expect(panel.textContent).toMatch(/Why: The warehouse confirms by noon\./)
    expect(panel.textContent).toMatch(/Marit Ahlers.*Paired/)
  })
})
