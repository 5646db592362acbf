/** What a question costs by Shopify's own rule, as its real schema sizes it. */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type OperationDefinitionNode,
  type SelectionSetNode,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  valueFromASTUntyped,
} from 'graphql'
import { shopifySchema } from '../../../support/shopify-schema.ts'

/**
 * The requested cost (shopify.dev, rate limits): scalars nothing, an object one point, a connection two and its rows, sized
 * by `first`; of fragments on several types the dearest; a mutation ten. Lists are taken by `first`, or by how many ids,
 * codes or names are asked for.
 */
export function costOf(
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>> = {},
): number {
  const schema = shopifySchema()
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const one of document.definitions)
    if (one.kind === 'FragmentDefinition') fragments.set(one.name.value, one)
  const operation = document.definitions.find(
    (one): one is OperationDefinitionNode => one.kind === 'OperationDefinition',
  )
  if (operation === undefined) throw new Error('no operation')
  const root = schema.getRootType(operation.operation)
  if (root === null || root === undefined) throw new Error('no root type')
  const rows = costOfSet(operation.selectionSet, root.name)
  return operation.operation === 'mutation' ? rows + 10 : rows

  function costOfSet(set: SelectionSetNode, typeName: string): number {
    const type = schema.getType(typeName)
    const fields = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {}
    let own = 0
    const others: number[] = []
    for (const selection of set.selections) {
      if (selection.kind === 'Field') {
        if (!selection.name.value.startsWith('__'))
          own += costOfField(selection, fields[selection.name.value])
      } else if (selection.kind === 'InlineFragment') {
        others.push(
          costOfSet(selection.selectionSet, selection.typeCondition?.name.value ?? typeName),
        )
      } else {
        const fragment = fragments.get(selection.name.value)
        if (fragment !== undefined)
          own += costOfSet(fragment.selectionSet, fragment.typeCondition.name.value)
      }
    }
    return own + Math.max(0, ...others)
  }

  function costOfField(
    field: FieldNode,
    definition: GraphQLField<unknown, unknown> | undefined,
  ): number {
    if (definition === undefined || field.selectionSet === undefined) return 0
    const named = getNamedType(definition.type)
    if (!isCompositeType(named)) return 0
    const inner = costOfSet(field.selectionSet, named.name)
    const given = new Map(
      (field.arguments ?? []).map((one) => [
        one.name.value,
        valueFromASTUntyped(one.value, variables),
      ]),
    )
    const first = Number(given.get('first') ?? 0)
    if (named.name.endsWith('Connection'))
      return 2 + costOfConnection(field.selectionSet, named.name, first)
    if (!isListType(getNullableType(definition.type))) return 1 + inner
    const ids = given.get('ids') ?? given.get('names')
    const size = first > 0 ? first : Array.isArray(ids) ? ids.length : 1
    return size * (1 + inner)
  }

  /** `pageInfo` belongs to the two points. */
  function costOfConnection(set: SelectionSetNode, typeName: string, first: number): number {
    const type = schema.getType(typeName)
    if (!isObjectType(type)) return 0
    return set.selections.reduce((sum, selection) => {
      if (
        selection.kind !== 'Field' ||
        selection.name.value === 'pageInfo' ||
        selection.selectionSet === undefined
      )
        return sum
      const definition = type.getFields()[selection.name.value]
      if (definition === undefined) return sum
      return (
        sum + first * (1 + costOfSet(selection.selectionSet, getNamedType(definition.type).name))
      )
    }, 0)
  }
}
