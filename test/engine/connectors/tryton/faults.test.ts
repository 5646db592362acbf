import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { FaultClass } from '../../../../src-main/domain/fault.ts'
import { faultOfTryton } from '../../../../src-main/engine/connectors/tryton/faults.ts'

/** Answers recorded of a real Tryton 6.0.29. */
function recorded(name: string): { status: number; json: unknown } {
  const text = readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8')
  const { body, status } = JSON.parse(text)
  return { status, json: typeof body === 'string' ? null : body }
}

const error = (...content: unknown[]) => ({ status: 200, json: { id: 1, error: content } })
const userError = (message: string, domain: unknown = null) =>
  error('UserError', [message, '', domain])

describe('what an error of Tryton means', () => {
  it.each<[string, FaultClass | null]>([
    ['refused-model', 'permission'],
    ['refused-write', 'permission'],
    ['unknown-method', 'permission'],
    ['unknown-field', 'unexpected-shape'],
    ['bad-datetime', 'unexpected-shape'],
    ['missing-context', 'unexpected-shape'],
    ['login-without-password', 'credentials'],
    ['unknown-database', 'not-found'],
    // The default table knows a 401, and a good answer is none.
    ['login-wrong-password', null],
    ['session-unknown', null],
    ['preferences', null],
  ])('takes the recorded answer %s for %s', (name, expected) => {
    expect(faultOfTryton(recorded(name))?.class ?? null).toBe(expected)
  })

  it.each<[string, ReturnType<typeof error>, FaultClass]>([
    [
      'a rule',
      userError(
        'You are not allowed to read records "15" of "Sale" because of at least one of these rules:\nUser in companies',
      ),
      'permission',
    ],
    ['a button', userError('Calling button "process on "sale.sale" is not allowed.'), 'permission'],
    [
      'a missing value',
      userError('A value is required for field "Party" in "Sale".'),
      'validation',
    ],
    [
      'a domain',
      userError(
        'The value for field "Product" in "Sale Line" is not valid according to its domain.',
        [['salable', '=', true]],
      ),
      'validation',
    ],
    [
      'too many digits',
      userError(
        'The number of digits in the value "9.12345" for field "Unit Price" in "Sale Line" exceeds the limit of "4".',
      ),
      'validation',
    ],
    [
      'a record that is not there',
      userError('The value "99999" for field "Party" in "Sale" does not exist.'),
      'validation',
    ],
    ['a key that is taken', userError('The web ID on the sale must be unique.'), 'erp-rejection'],
    [
      'a business rule',
      userError('To get a quote for sale "12 - Ana García" you must enter an invoice address.'),
      'erp-rejection',
    ],
    [
      'a warning',
      error('UserWarning', ['stock_quantity_warning_5', 'Not enough stock', '']),
      'erp-rejection',
    ],
    [
      'somebody else’s change',
      error('ConcurrencyException', 'Records were modified in the meanwhile'),
      'temporary',
    ],
    [
      'a locked row',
      error('could not obtain lock on row in relation "sale_sale"\n', ''),
      'temporary',
    ],
    [
      'a conflict of transactions',
      error('could not serialize access due to concurrent update\n', ''),
      'temporary',
    ],
    [
      'a database that restarts',
      error('server closed the connection unexpectedly', ''),
      'temporary',
    ],
    [
      'a deleted row',
      userError('You are trying to read records "15" of "Sale" that don\'t exist anymore.'),
      'temporary',
    ],
    ['an unknown model', error("'stock.package'", ''), 'unexpected-shape'],
    ['a failure inside', error("'NoneType' object has no attribute 'id'", ''), 'unexpected-shape'],
    ['an error without words', error(), 'unexpected-shape'],
    [
      'an error in no form at all',
      { status: 200, json: { id: 1, error: 'boom' } as never },
      'unexpected-shape',
    ],
  ])('takes %s for %s', (_name, answer, expected) => {
    const found = faultOfTryton(answer)
    expect(found?.class).toBe(expected)
    expect(found?.says).toMatch(/^[A-Z].{20,}\.$/)
  })

  it('names the model that may not be read, the field that is wrong, the module that is missing', () => {
    expect(faultOfTryton(recorded('refused-model'))?.says).toContain('"Stock Inventory"')
    expect(
      faultOfTryton(userError('A value is required for field "Party" in "Sale".'))?.says,
    ).toContain('"Party"')
    expect(faultOfTryton(error("'stock.package'", ''))).toMatchObject({ path: 'stock.package' })
  })

  it('says nothing of a customer, whatever Tryton puts between quotes', () => {
    const says = [
      userError('To get a quote for sale "12 - Ana García" you must enter an invoice address.'),
      userError('The value "ana@example.test" for field "E-Mail" in "Party" is not valid.'),
      error('UserWarning', ['customer_warning_4711', 'Ana García owes 12 EUR', '']),
      error('duplicate key value violates: Key (email)=(ana@example.test) already exists.', ''),
    ].map((answer) => JSON.stringify(faultOfTryton(answer)))
    expect(says.join()).not.toMatch(/Ana|García|ana@|4711|12 EUR/)
  })
})
