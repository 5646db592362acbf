/** GraphQL requests: read once and kept by their text, paid for from a bucket, and answered. */
import {
  GraphQLError,
  execute,
  getOperationAST,
  getVariableValues,
  parse,
  validate,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
} from 'graphql'
import { actualCost, requestedCost, type Costed } from './cost.ts'
import { executableSchema } from './executable.ts'
import { badLiterals, badVariables } from './global-ids.ts'
import { idRefusal, literalIdRefusal, refusalOf, syntaxRefusal, variableRefusal, type Refusal } from './refusals.ts'
import type { Asking } from './asking.ts'
import type { Bucket } from './bucket.ts'

export interface GraphQLRequest {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
  readonly operationName: string | null
}

interface Document {
  readonly document: DocumentNode
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>
}

type Read = Document | { readonly refusals: readonly Refusal[] }

const keptMax = 500
const costMax = 1000
const limits = 'https://shopify.dev/api/usage/rate-limits'

/** By their text, for each schema: a connector asks the same few questions for ever. */
const kept = new WeakMap<GraphQLSchema, Map<string, Read>>()

/** The body of the answer; its status is 200 whatever it says. */
export function answer(request: GraphQLRequest, asking: Asking, bucket: Bucket): unknown {
  const schema = executableSchema(asking.version)
  const known = readOnce(request.query, schema)
  if ('refusals' in known) return { errors: known.refusals }
  const operation = getOperationAST(known.document, request.operationName)
  if (operation === null || operation === undefined) return { errors: [{ message: 'An operation name is required' }] }
  const coerced = getVariableValues(schema, operation.variableDefinitions ?? [], request.variables)
  if (coerced.errors !== undefined)
    return { errors: coerced.errors.map((error) => variableRefusal(error, operation, request.variables)) }
  const bad = badVariables(operation, coerced.coerced, schema)
  if (bad.length > 0) return { errors: bad.map((each) => idRefusal(each, operation, request.variables)) }
  const costed = { schema, operation, fragments: known.fragments, variables: coerced.coerced }
  const requested = requestedCost(costed)
  return refusedFor(requested, bucket, asking) ?? run(known.document, request, { ...costed, requested }, asking, bucket)
}

/** What is said instead of running it; null when it may run. */
function refusedFor(requestedQueryCost: number, bucket: Bucket, { at }: Asking): unknown {
  if (requestedQueryCost > costMax) return { errors: [tooDear(requestedQueryCost)] }
  if (bucket.holds(requestedQueryCost, at)) return null
  return {
    errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED', documentation: limits } }],
    extensions: { cost: { requestedQueryCost, actualQueryCost: null, throttleStatus: bucket.status(at) } },
  }
}

function tooDear(cost: number): Refusal {
  return {
    message:
      `Query cost is ${cost}, which exceeds the single query max cost limit (${costMax}).\n\n` +
      'See https://shopify.dev/concepts/about-apis/rate-limits for more information on how the\n' +
      'cost of a query is calculated.\n\n' +
      'To query larger amounts of data with fewer limits, bulk operations should be used instead.\n' +
      'See https://shopify.dev/api/usage/bulk-operations/queries for usage details.\n',
    extensions: { code: 'MAX_COST_EXCEEDED', cost, maxCost: costMax, documentation: limits },
  }
}

function run(
  document: DocumentNode,
  request: GraphQLRequest,
  costed: Costed & { readonly requested: number },
  asking: Asking,
  bucket: Bucket,
): unknown {
  const result = execute({
    schema: costed.schema,
    document,
    contextValue: asking,
    variableValues: request.variables,
    operationName: request.operationName,
  })
  if (result instanceof Promise) throw new Error('The simulated shop answers at once.')
  for (const error of result.errors ?? []) {
    // What a resolver did not mean to throw is a bug of the simulation, not an answer.
    if (error.originalError !== undefined && !(error.originalError instanceof GraphQLError)) throw error.originalError
  }
  const requestedQueryCost = costed.requested
  const actualQueryCost = actualCost(costed, result.data, requestedQueryCost)
  bucket.spend(actualQueryCost, asking.at)
  return {
    ...(result.errors !== undefined && { errors: result.errors.map((error) => error.toJSON()) }),
    data: result.data ?? null,
    extensions: {
      cost: { requestedQueryCost, actualQueryCost, throttleStatus: bucket.status(asking.at) },
      ...(asking.warnings.length > 0 && { search: asking.warnings }),
    },
  }
}

function readOnce(query: string, schema: GraphQLSchema): Read {
  const ofSchema = kept.get(schema) ?? new Map<string, Read>()
  kept.set(schema, ofSchema)
  const known = ofSchema.get(query)
  if (known !== undefined) return known
  const made = read(query, schema)
  const [oldest] = ofSchema.keys()
  if (ofSchema.size >= keptMax && oldest !== undefined) ofSchema.delete(oldest)
  ofSchema.set(query, made)
  return made
}

function read(query: string, schema: GraphQLSchema): Read {
  let document: DocumentNode
  try {
    document = parse(query)
  } catch (error) {
    if (error instanceof GraphQLError) return { refusals: [syntaxRefusal(error)] }
    throw error
  }
  const errors = validate(schema, document)
  if (errors.length > 0) return { refusals: errors.map((error) => refusalOf(error, document)) }
  const bad = badLiterals(document, schema)
  if (bad.length > 0) return { refusals: bad.map(({ node, id }) => literalIdRefusal(node, id, document)) }
  return { document, fragments: fragmentsOf(document) }
}

function fragmentsOf(document: DocumentNode): Document['fragments'] {
  return Object.fromEntries(
    document.definitions.filter((each) => each.kind === 'FragmentDefinition').map((each) => [each.name.value, each]),
  )
}
