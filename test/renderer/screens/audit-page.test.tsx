// @vitest-environment jsdom
/** The checklist and the controls: where an answer comes from, the way to its evidence, and a person's own word. */
import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { useQueue } from '../../../src-renderer/screens/incidents/filter.ts'
import { openPage } from './page.tsx'

const pointOf = async (asks: string): Promise<HTMLElement> => {
  const found = (await screen.findByText(asks)).closest('li')
  if (found === null) throw new Error(`nothing asks: ${asks}`)
  return found
}

describe('the audit page', () => {
  it('stands beside the trail, and is reached by its tab with the keyboard alone', async () => {
    const page = openPage('#/audit')
    const tab = await screen.findByRole('tab', { name: 'Trail' })
    tab.focus()
    await page.user.keyboard('{ArrowRight}')
    await screen.findByText('Does every paid order have its order in the ERP?')
    expect(screen.getByRole('tab', { name: 'Checklist and controls' }).getAttribute('aria-selected')).toBe('true')
    expect(screen.queryByRole('grid', { name: 'Audit trail' })).toBeNull()
  })

  it('leads from an answer to the incidents that it speaks of', async () => {
    const page = openPage('#/audit/page')
    const point = await pointOf('Does every paid order have its order in the ERP?')
    expect(point.textContent).toContain('No')
    expect(point.textContent).toContain('15 orders should be in the ERP and are not.')
    await page.user.click(within(point).getByRole('link', { name: 'Incidents of F02' }))
    await waitFor(() => expect(window.location.hash).toBe('#/incidents'))
    expect(useQueue.getState().rule).toBe('F02-paid-order-missing')
  })

  it('takes a person’s word where data cannot tell, with name and note, and shows it', async () => {
    const page = openPage('#/audit/page')
    const asks = 'Does payment data stay with the payment provider?'
    await page.user.click(within(await pointOf(asks)).getByRole('button', { name: `Declare: ${asks}` }))
    const dialog = await screen.findByRole('dialog', { name: asks })
    const declare = within(dialog).getByRole('button', { name: 'Declare it' })
    expect(declare.hasAttribute('disabled')).toBe(true)
    await page.user.click(within(dialog).getByRole('radio', { name: 'Yes' }))
    const name = within(dialog).getByRole<HTMLInputElement>('textbox', { name: /Your name/ })
    await waitFor(() => expect(name.value).toBe('Marit Ahlers'))
    await page.user.type(within(dialog).getByRole('textbox', { name: /How you know/ }), 'Hosted fields.')
    await page.user.click(declare)
    await waitFor(() => expect(page.inputsOf('audit.declare')).toEqual([{ point: 'safety-cards', answer: 'yes', who: 'Marit Ahlers', note: 'Hosted fields.' }]))
    await waitFor(async () => expect((await pointOf(asks)).textContent).toMatch(/^Yes.*Declared by Marit Ahlers, .*: Hosted fields\./))
  })

  it('shows what was declared before, and what data say beside it', async () => {
    const page = openPage('#/audit/page')
    const asks = 'Do invoices and credit notes keep to local law?'
    await page.user.click(within(await pointOf(asks)).getByRole('button', { name: `Declare: ${asks}` }))
    const before = await screen.findByRole('region', { name: 'Declared before' })
    expect(before.textContent).toContain('the next look is due in March')
  })

  it('narrows to what is wanting, and to what was declared', async () => {
    const page = openPage('#/audit/page')
    await pointOf('Encrypted transport on every line')
    await page.user.click(screen.getByRole('radio', { name: /^Wanting/ }))
    expect(screen.queryByText('Encrypted transport on every line')).toBeNull()
    expect(screen.getByText('Does payment data stay with the payment provider?')).toBeTruthy()
    await page.user.click(screen.getByRole('radio', { name: 'Declared' }))
    expect(screen.queryByText('Does payment data stay with the payment provider?')).toBeNull()
    expect(screen.getByText('Do invoices and credit notes keep to local law?')).toBeTruthy()
  })

  it.each([['CSV', 'csv'], ['JSON', 'json']])('is taken away as %s', async (word, as) => {
    const made: Blob[] = []
    vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: (blob: Blob) => (made.push(blob), 'blob:x'), revokeObjectURL: () => undefined }))
    const page = openPage('#/audit/page')
    await page.user.click(await screen.findByRole('button', { name: `Export ${word}` }))
    await waitFor(() => expect(made).toHaveLength(1))
    expect(page.inputsOf('audit.exported')).toEqual([{ as }])
  })
})
