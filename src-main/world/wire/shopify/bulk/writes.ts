/** Starting and calling off bulk operations. */
import {
  GraphQLError,
  execute,
  parse,
  validate,
  type DocumentNode,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql'
import { nothingFound, type Asking } from '../asking.ts'
import { gid, parseGid } from '../ids.ts'
import { shapeOf } from './shape.ts'
import { linesOf } from './jsonl.ts'
import type { BulkResult } from './operations.ts'
import type { Resolvers } from '../resolvers/resolver.ts'

/** "Up to five bulk query operations at a time" (2026-01 and later); before, one. */
const atOnceMax = 5

function start(query: string, asking: Asking, schema: GraphQLSchema): unknown {
  const { desk, app, at } = asking
  const underWay = desk.bulk.of(app).filter((operation) => operation.isUnderWay(at))
  const [first] = underWay
  if (asking.version < '2026-01' && first !== undefined) {
    return refused('OPERATION_IN_PROGRESS', `A bulk query operation for this app and shop is already in progress: ${gid('BulkOperation', first.id)}.`, null)
  }
  if (underWay.length >= atOnceMax) {
    return refused('LIMIT_REACHED', 'Bulk operations limit reached. Please try again later.', null)
  }
  const document = read(query)
  if (document instanceof GraphQLError) return refused('INVALID', `Invalid bulk query: ${document.message}`)
  const [error] = validate(schema, document)
  if (error !== undefined) return refused('INVALID', `Invalid bulk query: ${error.message}`)
  const { connections, refusal } = shapeOf(document, schema)
  if (refusal !== null) return refused('INVALID', refusal)
  return { bulkOperation: desk.bulk.start(app, query, at, run(document, connections, asking, schema)), userErrors: [] }
}

function run(
  document: DocumentNode,
  connections: ReadonlySet<string>,
  asking: Asking,
  schema: GraphQLSchema,
): BulkResult {
  const { data, errors } = answer(document, { ...asking, inBulk: true, warnings: [], found: nothingFound() }, schema)
  if (errors !== undefined && errors.length > 0) {
    const denied = errors.some((error) => error.extensions['code'] === 'ACCESS_DENIED')
    return { file: null, objects: 0, roots: 0, errorCode: denied ? 'ACCESS_DENIED' : 'INTERNAL_SERVER_ERROR' }
  }
  const { lines, roots } = linesOf(data, connections)
  return { file: lines.length === 0 ? null : `${lines.join('\n')}\n`, objects: lines.length, roots, errorCode: null }
}

function answer(document: DocumentNode, contextValue: Asking, schema: GraphQLSchema) {
  const result = execute({ schema, document, contextValue })
  if (result instanceof Promise) throw new Error('The simulated shop answers at once.')
  return result
}

function read(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query)
  } catch (error) {
    if (error instanceof GraphQLError) return error
    throw error
  }
}

function refused(code: string, message: string, field: readonly string[] | null = ['query']): unknown {
  return { bulkOperation: null, userErrors: [{ field, code, message }] }
}

function cancel(id: string, { desk, app, at }: Asking): unknown {
  const operation = desk.bulk.of(app).find((each) => each.id === parseGid(id)?.id)
  if (operation === undefined)
    return { bulkOperation: null, userErrors: [{ field: ['id'], message: 'Bulk operation does not exist' }] }
  if (!operation.isUnderWay(at)) {
    const status = operation.statusAt(at).toLowerCase()
    return {
      bulkOperation: operation,
      userErrors: [{ field: null, message: `A bulk operation cannot be canceled when it is ${status}` }],
    }
  }
  operation.canceledAt = at
  return { bulkOperation: operation, userErrors: [] }
}

export const bulkWrites = {
  Mutation: {
    bulkOperationRunQuery: (
      _root: unknown,
      { query }: { readonly query: string },
      asking: Asking,
      { schema }: GraphQLResolveInfo,
    ) => start(query, asking, schema),
    bulkOperationCancel: (_root: unknown, { id }: { readonly id: string }, asking: Asking) => cancel(id, asking),
  } satisfies Resolvers<unknown>,
}
