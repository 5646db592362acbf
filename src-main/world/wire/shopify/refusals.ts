/** What is wrong with a document or its variables, in the words and shapes that Shopify's server uses. */
import {
  print,
  visit,
  type ASTNode,
  type DocumentNode,
  type GraphQLError,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
} from 'graphql'

export interface Refusal {
  readonly message: string
  readonly locations?: readonly { readonly line: number; readonly column: number }[]
  readonly path?: readonly (string | number)[]
  readonly extensions?: Readonly<Record<string, unknown>>
}

interface Wording {
  readonly shape: RegExp
  readonly say: (parts: readonly string[]) => Pick<Refusal, 'message' | 'extensions'>
}

/** The library's words, and the platform's. */
const wordings: readonly Wording[] = [
  {
    shape: /^Cannot query field "(\w+)" on type "(\w+)"/,
    say: ([fieldName, typeName]) => ({
      message: `Field '${fieldName}' doesn't exist on type '${typeName}'`,
      extensions: { code: 'undefinedField', typeName, fieldName },
    }),
  },
  {
    shape: /^Unknown argument "(\w+)" on field "(\w+)\.(\w+)"/,
    say: ([argumentName, , name]) => ({
      message: `Field '${name}' doesn't accept argument '${argumentName}'`,
      extensions: { code: 'argumentNotAccepted', name, typeName: 'Field', argumentName },
    }),
  },
  {
    shape: /^Field "(\w+)" argument "(\w+)" of type "[^"]+" is required/,
    say: ([name, argument]) => ({
      message: `Field '${name}' is missing required arguments: ${argument}`,
      extensions: { code: 'missingRequiredArguments', className: 'Field', name, arguments: argument },
    }),
  },
  {
    shape: /^Field "(\w+)" of type "([^"]+)" must have a selection of subfields/,
    say: ([name, type]) =>
      selectionMismatch(name, type, (field, typeName) =>
        `Field must have selections (${field} returns ${typeName} but has no selections. Did you mean '${name} { ... }'?)`),
  },
  {
    shape: /^Field "(\w+)" must not have a selection since type "([^"]+)" has no subfields/,
    say: ([name, type]) =>
      selectionMismatch(name, type, (field, typeName) =>
        `Selections can't be made on scalars (${field} returns ${typeName} but has selections)`),
  },
  {
    shape: /^Variable "\$(\w+)" is never used/,
    say: ([variableName]) => ({
      message: `Variable $${variableName} is declared by the operation but not used`,
      extensions: { code: 'variableNotUsed', variableName },
    }),
  },
  {
    shape: /^Variable "\$(\w+)" is not defined/,
    say: ([variableName]) => ({
      message: `Variable $${variableName} is used by the operation but not declared`,
      extensions: { code: 'variableNotDefined', variableName },
    }),
  },
  {
    shape: /^Variable "\$(\w+)" of type "([^"]+)" used in position expecting type "([^"]+)"/,
    say: ([variableName, typeName, argumentName]) => ({
      message: `Type mismatch on variable $${variableName} and argument (${typeName} / ${argumentName})`,
      extensions: { code: 'variableMismatch', variableName, typeName },
    }),
  },
  {
    shape: /^Unknown type "(\w+)"/,
    say: ([typeName]) => ({
      message: `No such type ${typeName}, so it can't be a fragment condition`,
      extensions: { code: 'undefinedType', typeName },
    }),
  },
  {
    shape: /^Unknown fragment "(\w+)"/,
    say: ([fragmentName]) => ({
      message: `Fragment ${fragmentName} was used, but not defined`,
      extensions: { code: 'useAndDefineFragment', fragmentName },
    }),
  },
  {
    shape: /^Fragment "(\w+)" is never used/,
    say: ([fragmentName]) => ({
      message: `Fragment ${fragmentName} was defined, but not used`,
      extensions: { code: 'useAndDefineFragment', fragmentName },
    }),
  },
  {
    shape: /^Unknown directive "@(\w+)"/,
    say: ([directiveName]) => ({
      message: `Directive @${directiveName} is not defined`,
      extensions: { code: 'undefinedDirective', directiveName },
    }),
  },
  {
    shape: /^Field "(\w+)\.(\w+)" of required type "([^"]+)" was not provided/,
    say: ([typeName, argumentName, argumentType]) => ({
      message: `Argument '${argumentName}' on InputObject '${typeName}' is required. Expected type ${argumentType}`,
      extensions: {
        code: 'missingRequiredInputObjectAttribute',
        argumentName,
        argumentType,
        inputObjectType: typeName,
      },
    }),
  },
  {
    shape: /^Field "(\w+)" is not defined by type "(\w+)"/,
    say: ([argumentName, name]) => ({
      message: `InputObject '${name}' doesn't accept argument '${argumentName}'`,
      extensions: { code: 'argumentNotAccepted', name, typeName: 'InputObject', argumentName },
    }),
  },
  {
    shape: /^(?:Expected value of type|\w+ cannot represent|Value ".*" does not exist in)/,
    say: () => ({
      message: 'Argument has an invalid value.',
      extensions: { code: 'argumentLiteralsIncompatible', typeName: 'Field' },
    }),
  },
]

function selectionMismatch(
  name: string | undefined,
  type: string | undefined,
  message: (nodeName: string, typeName: string) => string,
): Pick<Refusal, 'message' | 'extensions'> {
  const nodeName = `field '${name ?? ''}'`
  const typeName = (type ?? '').replaceAll(/[[\]!]/g, '')
  return { message: message(nodeName, typeName), extensions: { code: 'selectionMismatch', nodeName, typeName } }
}

export function refusalOf(error: GraphQLError, document: DocumentNode): Refusal {
  const wording = wordings.find(({ shape }) => shape.test(error.message))
  const said = wording?.say(wording.shape.exec(error.message)?.slice(1) ?? []) ?? { message: error.message }
  const [node] = error.nodes ?? []
  return {
    ...said,
    ...(error.locations !== undefined && { locations: error.locations.slice(0, 1) }),
    ...(node !== undefined && { path: pathTo(node, document) }),
  }
}

/** A document that is none. */
export function syntaxRefusal(error: GraphQLError): Refusal {
  return {
    message: error.message.replace(/^Syntax Error: /, 'syntax error, '),
    ...(error.locations !== undefined && { locations: error.locations }),
  }
}

/** Variables that do not fit, each with where and why. */
export function variableRefusal(
  error: GraphQLError,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Refusal {
  const name = /^Variable "\$(\w+)"/.exec(error.message)?.[1] ?? ''
  const definition = operation.variableDefinitions?.find((each) => each.variable.name.value === name)
  const place = / at "([^"]+)"/.exec(error.message)?.[1] ?? name
  const path = [...place.matchAll(/[^.[\]]+/g)].slice(1).map(([part]) => (/^\d+$/.test(part) ? Number(part) : part))
  const explanation = explanationOf(error.message, inside(variables[name], path))
  return notFitting(definition, variables, { name, path, explanation }, error.locations)
}

/** An id that is none; its place is told like any other that does not fit. */
export function idRefusal(
  bad: { readonly name: string; readonly path: readonly (string | number)[]; readonly id: string },
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Refusal {
  const definition = operation.variableDefinitions?.find((each) => each.variable.name.value === bad.name)
  const { loc } = definition ?? {}
  const locations = loc === undefined ? undefined : [{ line: loc.startToken.line, column: loc.startToken.column }]
  return notFitting(definition, variables, { ...bad, explanation: noGlobalId(bad.id) }, locations)
}

export function literalIdRefusal(node: ASTNode, id: string, document: DocumentNode): Refusal {
  const { loc } = node
  return {
    message: noGlobalId(id),
    ...(loc !== undefined && { locations: [{ line: loc.startToken.line, column: loc.startToken.column }] }),
    path: pathTo(node, document),
    extensions: { code: 'argumentLiteralsIncompatible', typeName: 'CoercionError' },
  }
}

export function noGlobalId(text: string): string {
  return `Invalid global id '${text}'`
}

function notFitting(
  definition: VariableDefinitionNode | undefined,
  variables: Readonly<Record<string, unknown>>,
  { name, path, explanation }: { readonly name: string; readonly path: readonly (string | number)[]; readonly explanation: string },
  locations: Refusal['locations'],
): Refusal {
  return {
    message:
      `Variable $${name} of type ${definition === undefined ? '' : print(definition.type)} was provided invalid value` +
      `${path.length === 0 ? '' : ` for ${path.join('.')} (${explanation})`}`,
    ...(locations !== undefined && { locations: locations.slice(0, 1) }),
    extensions: { code: 'INVALID_VARIABLE', value: variables[name] ?? null, problems: [{ path, explanation }] },
  }
}

function inside(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce((inner: unknown, step) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, step) : undefined), value)
}

/** The value as it came, and what it should have been. */
function explanationOf(message: string, value: unknown): string {
  const unknown = /Field "(\w+)" is not defined by type "(\w+)"/.exec(message)
  if (unknown !== null) return `Field is not defined on ${unknown[2]}`
  if (/was not provided|Expected non-nullable type|must not be null/.test(message))
    return 'Expected value to not be null'
  const choice = /does not exist in "(\w+)" enum/.exec(message)?.[1] ?? /Enum "(\w+)" cannot represent/.exec(message)?.[1]
  if (choice !== undefined) return `Expected ${JSON.stringify(value)} to be one of: ${choice}`
  const type = /(\w+) cannot represent/.exec(message)?.[1] ?? /Expected type "(\w+)"/.exec(message)?.[1] ?? 'the expected type'
  return `Could not coerce value ${JSON.stringify(value) ?? 'null'} to ${type}`
}

/** From the operation or fragment down to what is wrong, as `query OrderHeads`, `orders`, `nodes`, `nmae`. */
function pathTo(target: ASTNode, document: DocumentNode): readonly string[] {
  let found: readonly string[] = []
  const way: string[] = []
  visit(document, {
    enter(node) {
      const step = stepOf(node)
      if (step !== null) way.push(step)
      if (node === target) found = [...way]
    },
    leave(node) {
      if (stepOf(node) !== null) way.pop()
    },
  })
  return found
}

function stepOf(node: ASTNode): string | null {
  switch (node.kind) {
    case 'OperationDefinition':
      return node.name === undefined ? node.operation : `${node.operation} ${node.name.value}`
    case 'FragmentDefinition':
      return `fragment ${node.name.value}`
    case 'InlineFragment':
      return `... on ${node.typeCondition?.name.value ?? ''}`
    case 'FragmentSpread':
      return `... ${node.name.value}`
    case 'Field':
      return node.alias?.value ?? node.name.value
    case 'Argument':
    case 'ObjectField':
      return node.name.value
    default:
      return null
  }
}
