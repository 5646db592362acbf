/** What the simulated Shopify says of documents, variables and arguments that are wrong. */
import { describe, expect, it } from 'vitest'
import { aServer } from './a-server.ts'

describe('a document that is wrong', () => {
  it.each([
    [
      'a field that there is not',
      'query Heads { orders(first: 1) { nodes { nmae } } }',
      {
        message: "Field 'nmae' doesn't exist on type 'Order'",
        locations: [{ line: 1, column: 42 }],
        path: ['query Heads', 'orders', 'nodes', 'nmae'],
        extensions: { code: 'undefinedField', typeName: 'Order', fieldName: 'nmae' },
      },
    ],
    [
      'an argument that there is not',
      '{ orders(first: 1, page: 2) { nodes { id } } }',
      {
        message: "Field 'orders' doesn't accept argument 'page'",
        path: ['query', 'orders', 'page'],
        extensions: { code: 'argumentNotAccepted' },
      },
    ],
    [
      'an argument that is missing',
      '{ order { id } }',
      { message: "Field 'order' is missing required arguments: id", extensions: { code: 'missingRequiredArguments' } },
    ],
    ['an object without selections', '{ shop }', { extensions: { code: 'selectionMismatch' } }],
    [
      'a variable that nobody uses',
      'query ($q: String) { shop { name } }',
      { message: 'Variable $q is declared by the operation but not used' },
    ],
    [
      'a value of another kind',
      '{ orders(first: "ten") { nodes { id } } }',
      { extensions: { code: 'argumentLiteralsIncompatible' } },
    ],
  ])('is told of %s, with status 200 and no data', (_what, query, error) => {
    const answer = aServer().ask(query)
    expect(answer.errors?.[0]).toMatchObject(error)
    expect(answer.data).toBeUndefined()
  })

  it('is told which variable does not fit, where and why', () => {
    const answer = aServer().ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids: ['gid://shopify/Order/1', null],
    })
    expect(answer.errors?.[0]).toMatchObject({
      message: 'Variable $ids of type [ID!]! was provided invalid value for 1 (Expected value to not be null)',
      extensions: { code: 'INVALID_VARIABLE', problems: [{ path: [1], explanation: 'Expected value to not be null' }] },
    })
  })

  it.each([
    [
      'query ($id: ID!) { order(id: $id) { id } }',
      { id: '1001' },
      'Variable $id of type ID! was provided invalid value',
      { value: '1001', problems: [{ path: [], explanation: "Invalid global id '1001'" }] },
    ],
    [
      'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
      { ids: ['gid://shopify/Order/1', '#1001'] },
      "Variable $ids of type [ID!]! was provided invalid value for 1 (Invalid global id '#1001')",
      { problems: [{ path: [1], explanation: "Invalid global id '#1001'" }] },
    ],
    [
      'query ($first: Int!) { orders(first: $first) { nodes { id } } }',
      { first: 'ten' },
      'Variable $first of type Int! was provided invalid value',
      { value: 'ten', problems: [{ path: [], explanation: 'Could not coerce value "ten" to Int' }] },
    ],
    [
      'query ($q: String) { orders(first: 1, query: $q) { nodes { id } } }',
      { q: 7 },
      'Variable $q of type String was provided invalid value',
      { problems: [{ path: [], explanation: 'Could not coerce value 7 to String' }] },
    ],
  ])('is told what of the variables does not fit: %s', (query, variables, message, extensions) => {
    const answer = aServer().ask(query, variables)
    expect(answer.errors?.[0]).toMatchObject({ message, extensions: { code: 'INVALID_VARIABLE', ...extensions } })
    expect(answer.data).toBeUndefined()
  })

  it.each([
    ['{ orders { nodes { id } } }', 'you must provide one of first or last'],
    ['{ orders(first: 1, last: 1) { nodes { id } } }', 'providing both first and last is not supported'],
    ['{ orders(last: 251) { nodes { id } } }', 'last cannot exceed 250'],
    ['{ orders(first: -1) { nodes { id } } }', 'first cannot be less than zero'],
    ['{ orders(first: 251) { nodes { id } } }', 'first cannot exceed 250'],
    ['{ orders(first: 1, after: "bogus") { nodes { id } } }', 'Invalid cursor for current pagination sort.'],
    ['{ order(id: "1001") { id } }', "Invalid global id '1001'"],
  ])('is refused at run time: %s', (query, message) => {
    expect(aServer().ask(query).errors?.[0]?.message).toBe(message)
  })

  it('may not ask for more than 250 ids at once', () => {
    const ids = Array.from({ length: 251 }, (_each, count) => `gid://shopify/Order/${count + 1}`)
    expect(
      aServer().ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: ids.slice(0, 250) }).errors,
    ).toBeUndefined()
    expect(
      aServer().ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids }).errors?.[0]?.extensions,
    ).toMatchObject({ code: 'MAX_INPUT_SIZE_EXCEEDED' })
  })
})
