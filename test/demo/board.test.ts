import { describe, expect, it } from 'vitest'
import { openBoard } from '../../src-main/demo/board.ts'
import type { Lever, Planted } from '../../src-main/world/world.ts'

/** A business with a lever that plants at once, one that plants when its time comes, and one that concerns a stream. */
function aBoard() {
  const planted: Planted[] = []
  const on = new Set<string>()
  const plant = (scenario: string, rule: string, key: string, kind: Planted['subject']['kind'] = 'order'): void => {
    const fault = { scenario, pattern: 'F02', rule, subject: { kind, key }, amount: null, cause: null, critical: true } as const
    planted.push({ ...fault, plantedAt: 0, findableAt: 0, healedAt: null })
  }
  const world = {
    get levers(): readonly Lever[] {
      return [
        { name: 'erp-down', title: 'ERP goes down', says: 'Nobody reaches it.', kind: 'switch', on: on.has('erp-down'), plants: 'lever erp-down' },
        { name: 'vat-rounding', title: 'VAT rounding changed', says: 'By document.', kind: 'switch', on: on.has('vat-rounding'), plants: 'lever vat-rounding' },
        { name: 'webhook-lost', title: 'Webhook lost', says: 'It never comes.', kind: 'once', on: false, plants: 'order-lost' },
      ]
    },
    pull(name: string) {
      if (name === 'webhook-lost') return
      if (!on.delete(name)) on.add(name)
      if (on.has('erp-down')) plant('lever erp-down', 'F12-connection-blind', 'erp', 'connection')
    },
    truth: () => ({ planted, innocents: [], excused: [], orders: 0, cleanOrders: 0 }),
  }
  plant('order-lost', 'F02-paid-order-missing', '1001')
  return { board: openBoard(world), plant }
}

describe('the levers of the demo', () => {
  it('are those of the business, as they stand, and nothing of its truth', () => {
    const { board } = aBoard()
    board.pull('vat-rounding', 100)
    expect(board.view().levers.map(({ name, kind, on }) => [name, kind, on])).toEqual([
      ['erp-down', 'switch', false],
      ['vat-rounding', 'switch', true],
      ['webhook-lost', 'once', false],
    ])
    expect(JSON.stringify(board.view())).not.toContain('order-lost')
  })

  it('tell of each pull what it led the world to expect, at once or when its time has come', () => {
    const { board, plant } = aBoard()
    board.pull('erp-down', 100)
    board.pull('webhook-lost', 200)
    expect([board.look(), board.view().pulls[0]?.expected]).toEqual([false, []])
    plant('order-lost', 'F02-paid-order-missing', '1012')
    plant('oversold', 'F01-stock-behind', 'TEE-1@Lyon')
    expect([board.look(), board.look()]).toEqual([true, false])
    expect(board.view().pulls).toEqual([
      { id: 2, lever: 'webhook-lost', title: 'Webhook lost', at: 200, mended: false, expected: [{ rule: 'F02-paid-order-missing', key: '1012' }] },
      { id: 1, lever: 'erp-down', title: 'ERP goes down', at: 100, mended: false, expected: [{ rule: 'F12-connection-blind', key: 'erp' }] },
    ])
  })

  it('take for theirs nothing that went wrong before, and nothing that goes wrong by itself later', () => {
    const { board, plant } = aBoard()
    plant('order-lost', 'F02-paid-order-missing', '1002')
    board.pull('webhook-lost', 200)
    plant('order-lost', 'F02-paid-order-missing', '1012')
    board.look()
    plant('order-lost', 'F02-paid-order-missing', '1040')
    expect(board.look()).toBe(false)
    expect(board.view().pulls[0]?.expected).toEqual([{ rule: 'F02-paid-order-missing', key: '1012' }])
  })

  it('expect of what concerns a whole stream that it shows in any of its subjects', () => {
    const { board, plant } = aBoard()
    board.pull('vat-rounding', 100)
    plant('lever vat-rounding', 'F05-tax-differs', 'orders', 'stream')
    board.look()
    expect(board.view().pulls[0]?.expected).toEqual([{ rule: 'F05-tax-differs', key: null }])
  })

  it('expect nothing more once they are mended', () => {
    const { board, plant } = aBoard()
    board.pull('vat-rounding', 100)
    board.pull('vat-rounding', 300)
    plant('lever vat-rounding', 'F05-tax-differs', 'orders', 'stream')
    expect([board.look(), board.view().pulls[0]?.mended, board.view().pulls[0]?.expected]).toEqual([false, true, []])
  })

  it('take a name that nobody knows for one of an older page', () => {
    const { board } = aBoard()
    board.pull('no-such-lever', 100)
    expect(board.view().pulls).toEqual([])
  })

  it('remember the latest pulls only', () => {
    const { board } = aBoard()
    for (let at = 1; at <= 50; at += 1) board.pull('webhook-lost', at)
    expect(board.view().pulls.map(({ id }) => id)).toEqual([50, 49, 48])
  })
})
