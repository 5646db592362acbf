/** Ids that are none are refused before anything is run: in a document as a literal, in variables as a value. */
import {
  GraphQLID,
  TypeInfo,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  typeFromAST,
  visit,
  visitWithTypeInfo,
  type ASTNode,
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  isInputType,
} from 'graphql'

const shape = /^gid:\/\/shopify\/[A-Za-z]+\/[^/\s]+$/

export function isGlobalId(text: string): boolean {
  return shape.test(text)
}

/** Literals where an id should be. */
export function badLiterals(document: DocumentNode, schema: GraphQLSchema): readonly { readonly node: ASTNode; readonly id: string }[] {
  const types = new TypeInfo(schema)
  const bad: { readonly node: ASTNode; readonly id: string }[] = []
  const look = (node: ASTNode & { readonly value: string }): void => {
    const type = types.getInputType()
    if (type !== null && type !== undefined && getNamedType(type) === GraphQLID && !isGlobalId(node.value)) {
      bad.push({ node, id: node.value })
    }
  }
  visit(document, visitWithTypeInfo(types, { StringValue: look, IntValue: look }))
  return bad
}

interface BadVariable {
  readonly name: string
  readonly path: readonly (string | number)[]
  readonly id: string
}

export function badVariables(
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
  schema: GraphQLSchema,
): readonly BadVariable[] {
  return (operation.variableDefinitions ?? []).flatMap((definition) => {
    const name = definition.variable.name.value
    const type = typeFromAST(schema, definition.type)
    if (type === undefined || !isInputType(type)) return []
    return badIn(variables[name], type, []).map((bad) => ({ name, ...bad }))
  })
}

function badIn(value: unknown, type: GraphQLInputType, path: BadVariable['path']): readonly Omit<BadVariable, 'name'>[] {
  const inner = getNullableType(type)
  if (isListType(inner)) {
    if (!Array.isArray(value)) return badIn(value, inner.ofType, path)
    return value.flatMap((each: unknown, at) => badIn(each, inner.ofType, [...path, at]))
  }
  if (inner === GraphQLID) return typeof value === 'string' && !isGlobalId(value) ? [{ path, id: value }] : []
  if (!isInputObjectType(inner) || typeof value !== 'object' || value === null) return []
  return Object.values(inner.getFields()).flatMap((field) => badIn(Reflect.get(value, field.name), field.type, [...path, field.name]))
}
