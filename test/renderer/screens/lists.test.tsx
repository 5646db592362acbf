// @vitest-environment jsdom
/** Replays and audit: a row leads to its incident, and the trail says whether it holds. */
import { implement } from '@orpc/server'
import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { contract } from '../../../src-main/contract/operations.ts'
import { openPage } from './page.tsx'

const os = implement(contract)

describe('replays', () => {
  it('lead to the incident that they belong to', async () => {
    const page = openPage('#/replays')
    const grid = await screen.findByRole('grid', { name: 'Replays' })
    const [first] = await within(grid).findAllByRole('row', { name: /create the order/ })
    if (first === undefined) throw new Error('no replay is drawn')
    await page.user.click(first)
    await waitFor(() => expect(window.location.hash).toMatch(/^#\/incidents\//))
  })

  it('say where a repair begins while there are none', async () => {
    openPage('#/replays', { mood: 'calm' })
    expect(await screen.findByText('Nothing was repaired from here yet')).toBeTruthy()
  })
})

describe('the audit trail', () => {
  it('is read page by page, back from the newest', async () => {
    const page = openPage('#/audit')
    await screen.findByRole('grid', { name: 'Audit trail' })
    expect(screen.getByText(/The trail is intact/)).toBeTruthy()
    await page.user.click(screen.getByRole('button', { name: 'Older' }))
    await waitFor(() =>
      expect(page.inputsOf('audit.list')).toEqual([
        { limit: 100, before: null },
        { limit: 100, before: 541 },
      ]),
    )
  })

  it('says in words that it was tampered with, and what to do', async () => {
    openPage('#/audit', {
      answering: (router) => ({
        ...router,
        audit: {
          ...router.audit,
          list: os.audit.list.handler(() => ({
            rows: [],
            total: 3,
            intact: false,
            says: 'Entry 2 does not follow from entry 1.',
          })),
        },
      }),
    })
    expect((await screen.findByText(/tampered with/)).textContent).toContain(
      'Entry 2 does not follow from entry 1.',
    )
  })
})
