/** What a bulk query may look like: where its connections are, and why the platform would refuse it. */
import {
  getNamedType, isInterfaceType, isListType, isNonNullType, isObjectType,
  type DocumentNode, type FieldNode, type FragmentDefinitionNode, type GraphQLSchema, type SelectionSetNode,
} from 'graphql'

const connectionsMax = 5
const depthMax = 2

export interface BulkShape {
  /** Response keys from the root, as `orders` and `orders.edges.node.lineItems`. */
  readonly connections: ReadonlySet<string>
  /** Null when it may run. */
  readonly refusal: string | null
}

interface Seen {
  readonly connections: Set<string>
  refusal: string | null
  deepest: number
}

interface Place {
  readonly path: string
  readonly depth: number
  readonly inList: boolean
  /** The node that a nested connection's rows will name as their parent says its id. */
  readonly hasId: boolean
}

export function shapeOf(document: DocumentNode, schema: GraphQLSchema): BulkShape {
  const [operation, ...others] = document.definitions.filter((each) => each.kind === 'OperationDefinition')
  const root = schema.getQueryType()
  if (operation === undefined || others.length > 0 || operation.operation !== 'query' || root === null || root === undefined) {
    return { connections: new Set(), refusal: 'Only a single query operation is supported.' }
  }
  const fragments = new Map(document.definitions.filter((each) => each.kind === 'FragmentDefinition').map((each) => [each.name.value, each]))
  const seen: Seen = { connections: new Set(), refusal: null, deepest: 0 }
  const isNode = operation.selectionSet.selections.some((each) => each.kind === 'Field' && /^nodes?$/.test(each.name.value))
  walk(operation.selectionSet, root.name, { path: '', depth: 0, inList: false, hasId: true })
  return { connections: seen.connections, refusal: seen.refusal ?? refusalOf(seen, isNode) }

  function walk(set: SelectionSetNode, typeName: string, place: Place): void {
    for (const field of fieldsOf(set, fragments)) {
      const type = schema.getType(typeName)
      const definition = isObjectType(type) || isInterfaceType(type) ? type.getFields()[field.name.value] : undefined
      if (definition === undefined || field.selectionSet === undefined) continue
      const named = getNamedType(definition.type).name
      const path = `${place.path}${place.path === '' ? '' : '.'}${field.alias?.value ?? field.name.value}`
      if (named.endsWith('Connection')) enter(field, field.selectionSet, named, { ...place, path })
      else walk(field.selectionSet, named, { ...placeIn(field, field.selectionSet, place), path, inList: place.inList || isPlainList(definition.type, typeName) })
    }
  }

  function enter(field: FieldNode, set: SelectionSetNode, named: string, place: Place): void {
    seen.connections.add(place.path)
    seen.deepest = Math.max(seen.deepest, place.depth + 1)
    if (place.inList) seen.refusal ??= 'Queries that contain a connection field within a list field are not currently supported.'
    if (!place.hasId) {
      seen.refusal ??= "The parent 'node' field for a nested connection must select the 'id' field without an alias and must be of " +
        `Relay Node interface type. Connection fields without 'id': ${field.name.value}.`
    }
    walk(set, named, { ...place, depth: place.depth + 1, inList: false })
  }

  function placeIn(field: FieldNode, set: SelectionSetNode, place: Place): Place {
    const isRow = field.name.value === 'node' || field.name.value === 'nodes'
    const saysId = fieldsOf(set, fragments).some((each) => each.name.value === 'id' && each.alias === undefined)
    return isRow ? { ...place, hasId: saysId } : place
  }
}

function refusalOf({ connections, deepest }: Seen, isNode: boolean): string | null {
  if (isNode) return "Bulk queries cannot contain a top level 'node' or 'nodes' field."
  if (connections.size === 0) return 'Bulk queries must contain at least one connection.'
  if (connections.size > connectionsMax) return `Bulk queries cannot contain more than ${connectionsMax} connections.`
  return deepest > depthMax ? `Bulk queries cannot contain connections with a nesting depth greater than ${depthMax}.` : null
}

/** Fields of a set, those of its fragments among them. */
function fieldsOf(set: SelectionSetNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>): readonly FieldNode[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === 'Field') return [selection]
    const inner = selection.kind === 'InlineFragment' ? selection : fragments.get(selection.name.value)
    return inner === undefined ? [] : fieldsOf(inner.selectionSet, fragments)
  })
}

/** Lists of a connection are its rows; every other list is one that no connection may hang in. */
function isPlainList(type: unknown, owner: string): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type) && !owner.endsWith('Connection')
}
