import { describe, expect, it } from 'vitest'
import { type Hand, openBoard } from '../../src-main/demo/board.ts'
import type { Lever, Planted } from '../../src-main/world/world.ts'

/** A business with one lever that plants at once and one that plants when its time comes. */
function aBoard() {
  const planted: Planted[] = []
  let rounding = false
  let down = false
  const turned: number[] = []
  const plant = (scenario: string, rule: string, key: string): void => {
    const subject = { kind: 'order', key } as const
    const fault = { scenario, pattern: 'F02', rule, subject, amount: null, cause: null, critical: true } as const
    planted.push({ ...fault, plantedAt: 0, findableAt: 0, healedAt: null })
  }
  const world = {
    get levers(): readonly Lever[] {
      return [
        { name: 'webhook-lost', title: 'A webhook is lost', says: 'It never comes.', kind: 'once', on: false },
        { name: 'vat-rounding', title: 'VAT rounding changes', says: 'By line.', kind: 'switch', on: rounding },
      ]
    },
    pull(name: string) {
      if (name === 'webhook-lost') plant('webhook-lost', 'F02-paid-order-missing', '1012')
      else rounding = !rounding
    },
    truth: () => ({ planted, innocents: [], excused: [], orders: 0, cleanOrders: 0 }),
  }
  const hand: Hand = {
    name: 'erp-down',
    title: 'The ERP goes down',
    says: 'Until you mend it.',
    on: () => down,
    turn(at) {
      down = !down
      turned.push(at)
    },
    expected: [{ rule: 'F12-connection-blind', key: 'erp' }],
  }
  plant('webhook-lost', 'F02-paid-order-missing', '1001')
  return { board: openBoard(world, [hand]), plant, turned }
}

describe('the levers of the demo', () => {
  it('are those of the wires and those of the business, as they stand', () => {
    const { board } = aBoard()
    board.pull('erp-down', 100)
    board.pull('vat-rounding', 200)
    expect(board.view().levers.map(({ name, kind, on }) => [name, kind, on])).toEqual([
      ['erp-down', 'switch', true],
      ['webhook-lost', 'once', false],
      ['vat-rounding', 'switch', true],
    ])
  })

  it('tell of each pull what it led the world to expect, and nothing that went wrong before', () => {
    const { board, plant, turned } = aBoard()
    plant('webhook-lost', 'F02-paid-order-missing', '1002')
    board.pull('erp-down', 100)
    board.pull('webhook-lost', 200)
    expect(turned).toEqual([100])
    expect(board.view().pulls).toEqual([
      { id: 2, lever: 'webhook-lost', title: 'A webhook is lost', at: 200, mended: false, expected: [{ rule: 'F02-paid-order-missing', key: '1012' }] },
      { id: 1, lever: 'erp-down', title: 'The ERP goes down', at: 100, mended: false, expected: [{ rule: 'F12-connection-blind', key: 'erp' }] },
    ])
  })

  it('go on telling what comes of a pull that takes its time, until it is mended', () => {
    const { board, plant } = aBoard()
    board.pull('vat-rounding', 100)
    expect([board.look(), board.view().pulls[0]?.expected]).toEqual([false, []])
    plant('vat-rounding', 'F05-tax-differs', '1020')
    plant('oversold', 'F01-stock-behind', 'TEE-1@Lyon')
    expect([board.look(), board.look()]).toEqual([true, false])
    expect(board.view().pulls[0]?.expected).toEqual([{ rule: 'F05-tax-differs', key: '1020' }])
    board.pull('vat-rounding', 300)
    expect(board.view().pulls[0]).toMatchObject({ mended: true, expected: [] })
  })

  it('take a name that nobody knows for one of an older page', () => {
    const { board } = aBoard()
    board.pull('no-such-lever', 100)
    expect(board.view().pulls).toEqual([])
  })

  it('remember the latest pulls only', () => {
    const { board } = aBoard()
    for (let at = 1; at <= 50; at += 1) board.pull('erp-down', at)
    expect(board.view().pulls.map(({ id }) => id)).toEqual([50, 49, 48, 47, 46])
  })
})
