/** What the simulated Shopify calls its own is a part of what the real one calls its own. */
import {
  isEnumType, isInputObjectType, isInterfaceType, isObjectType, isUnionType, printType,
  type GraphQLArgument, type GraphQLInputObjectType, type GraphQLInterfaceType, type GraphQLNamedType, type GraphQLObjectType,
} from 'graphql'
import { expect, it } from 'vitest'
import { executableSchema } from '../../../../src-main/world/wire/shopify/executable.ts'
import { shopifySchema, shopifySchemaMissing } from '../../../support/shopify-schema.ts'

it.skipIf(shopifySchemaMissing)('speaks a part of the real schema: every name, argument, default and nullability in it is the same there', () => {
  const real = shopifySchema()
  const own = Object.values(executableSchema().getTypeMap()).filter((type) => !type.name.startsWith('__'))
  expect(own.flatMap((type) => differences(type, real.getType(type.name) ?? null))).toEqual([])
  expect(own.length).toBeGreaterThan(150)
  expect(argumentsOf(executableSchema().getDirective('idempotent')?.args ?? [])).toEqual(argumentsOf(real.getDirective('idempotent')?.args ?? []))
})

function differences(own: GraphQLNamedType, real: GraphQLNamedType | null): string[] {
  if (real === null) return [`${own.name} is not in the real schema`]
  if (isEnumType(own) && isEnumType(real)) return missing(own.name, own.getValues().map(({ name }) => name), real.getValues().map(({ name }) => name))
  if (isUnionType(own) && isUnionType(real)) return missing(own.name, own.getTypes().map(({ name }) => name), real.getTypes().map(({ name }) => name))
  if (isInputObjectType(own) && isInputObjectType(real)) return inputDifferences(own, real)
  if ((isObjectType(own) && isObjectType(real)) || (isInterfaceType(own) && isInterfaceType(real))) return fieldDifferences(own, real)
  return own.constructor === real.constructor ? [] : [`${printType(own)} is of another kind`]
}

function missing(name: string, own: readonly string[], real: readonly string[]): string[] {
  return own.filter((each) => !real.includes(each)).map((each) => `${name}.${each} is not in the real schema`)
}

function inputDifferences(own: GraphQLInputObjectType, real: GraphQLInputObjectType): string[] {
  const fields = real.getFields()
  const required = Object.values(fields).filter((field) => String(field.type).endsWith('!') && field.defaultValue === undefined)
  return [
    ...Object.values(own.getFields()).flatMap((field) => {
      const same = String(field.type) === String(fields[field.name]?.type) && field.defaultValue === fields[field.name]?.defaultValue
      return same ? [] : [`${own.name}.${field.name} differs`]
    }),
    ...missing(own.name, required.map(({ name }) => name), Object.keys(own.getFields())),
  ]
}

function fieldDifferences(own: GraphQLObjectType | GraphQLInterfaceType, real: GraphQLObjectType | GraphQLInterfaceType): string[] {
  const fields = real.getFields()
  return [
    ...missing(own.name, own.getInterfaces().map(({ name }) => name), real.getInterfaces().map(({ name }) => name)),
    ...Object.values(own.getFields()).flatMap((field) => {
      const found = fields[field.name]
      const same = found !== undefined && String(field.type) === String(found.type) &&
        JSON.stringify(argumentsOf(field.args)) === JSON.stringify(argumentsOf(found.args))
      return same ? [] : [`${own.name}.${field.name} differs`]
    }),
  ]
}

function argumentsOf(args: readonly GraphQLArgument[]): unknown {
  return args.map(({ name, type, defaultValue }) => ({ name, type: String(type), defaultValue })).sort((one, other) => one.name < other.name ? -1 : 1)
}
