/**
 * What a request costs, by the rule that shopify.dev documents: scalars nothing, an object one point, a connection two
 * and its rows, a mutation ten. Before it is run by what it asks for, afterwards by what it got.
 */
import {
  getNamedType, isInterfaceType, isListType, isNonNullType, isObjectType, isScalarType, isEnumType, valueFromASTUntyped,
  type FieldNode, type FragmentDefinitionNode, type GraphQLField, type GraphQLOutputType, type GraphQLSchema,
  type OperationDefinitionNode, type SelectionSetNode,
} from 'graphql'

const mutationCost = 10

export interface Costed {
  readonly schema: GraphQLSchema
  readonly operation: OperationDefinitionNode
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>
  readonly variables: Readonly<Record<string, unknown>>
}

export function requestedCost(costed: Costed): number {
  return costOfOperation(costed, undefined)
}

/** Never more than was asked for. */
export function actualCost(costed: Costed, data: unknown, requested: number): number {
  return Math.min(requested, costOfOperation(costed, data ?? null))
}

function costOfOperation(costed: Costed, data: unknown): number {
  const root = costed.schema.getRootType(costed.operation.operation)
  if (root === null || root === undefined) return 0
  if (costed.operation.operation === 'mutation') return costed.operation.selectionSet.selections.length * mutationCost
  return costOfSet(costed, costed.operation.selectionSet, root.name, data)
}

/** `data` is undefined before the request was run, and null where nothing was found. Of fragments the dearest counts. */
function costOfSet(costed: Costed, set: SelectionSetNode, typeName: string, data: unknown): number {
  const type = costed.schema.getType(typeName)
  const fields = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {}
  let own = 0
  let dearest = 0
  for (const selection of set.selections) {
    if (selection.kind === 'Field') {
      const field = fields[selection.name.value]
      if (field !== undefined) own += costOfField(costed, selection, field, valueOf(data, selection))
      continue
    }
    const fragment = selection.kind === 'InlineFragment' ? selection : costed.fragments[selection.name.value]
    if (fragment === undefined) continue
    const inner = fragment.typeCondition?.name.value ?? typeName
    const cost = costOfSet(costed, fragment.selectionSet, inner, data)
    if (inner === typeName) own += cost
    else dearest = Math.max(dearest, cost)
  }
  return own + dearest
}

function costOfField(costed: Costed, node: FieldNode, field: GraphQLField<unknown, unknown>, data: unknown): number {
  const named = getNamedType(field.type)
  const { selectionSet } = node
  if (selectionSet === undefined || isScalarType(named) || isEnumType(named) || data === null) return 0
  if (named.name.endsWith('Connection')) return costOfConnection(costed, node, selectionSet, named.name, data)
  if (!isList(field.type)) return 1 + costOfSet(costed, selectionSet, named.name, data)
  if (Array.isArray(data)) return data.reduce((cost: number, row: unknown) => cost + costOfRow(costed, selectionSet, named.name, row), 0)
  return sizeOf(costed, node) * costOfRow(costed, selectionSet, named.name, undefined)
}

/** `pageInfo` belongs to the two points, and an edge to its node. */
function costOfConnection(costed: Costed, node: FieldNode, set: SelectionSetNode, typeName: string, data: unknown): number {
  const type = costed.schema.getType(typeName)
  const fields = isObjectType(type) ? type.getFields() : {}
  let cost = 2
  for (const selection of set.selections) {
    if (selection.kind !== 'Field' || selection.name.value === 'pageInfo') continue
    const field = fields[selection.name.value]
    if (field === undefined || selection.selectionSet === undefined) continue
    const named = getNamedType(field.type).name
    const own = selection.name.value === 'nodes' ? 1 : 0
    const rows: unknown = valueOf(data, selection)
    cost += Array.isArray(rows) ?
      rows.reduce((sum: number, row: unknown) => sum + own + costOfSet(costed, selection.selectionSet ?? set, named, row), 0) :
      sizeOf(costed, node) * (own + costOfSet(costed, selection.selectionSet, named, undefined))
  }
  return cost
}

function costOfRow(costed: Costed, set: SelectionSetNode, typeName: string, row: unknown): number {
  return row === null ? 0 : 1 + costOfSet(costed, set, typeName, row)
}

/** How many rows a field asks for: by `first` or `last`, or by the ids it lists; a list that says neither counts once. */
function sizeOf({ variables }: Costed, node: FieldNode): number {
  for (const argument of node.arguments ?? []) {
    if (!['first', 'last', 'ids'].includes(argument.name.value)) continue
    const value: unknown = valueFromASTUntyped(argument.value, variables)
    if (typeof value === 'number') return value
    if (Array.isArray(value)) return value.length
  }
  return 1
}

function valueOf(data: unknown, node: FieldNode): unknown {
  if (data === undefined) return undefined
  if (typeof data !== 'object' || data === null) return null
  const value: unknown = Reflect.get(data, node.alias?.value ?? node.name.value)
  return value ?? null
}

function isList(type: GraphQLOutputType): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type)
}
