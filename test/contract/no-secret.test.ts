/** No secret ever crosses towards the renderer: every answer's shape is walked, whatever operation it belongs to. */
import { describe, expect, it } from 'vitest'
import { isContractProcedure } from '@orpc/contract'
import { z } from 'zod'
import { contract } from '../../src-main/contract/operations.ts'
import { connectors } from '../../src-main/engine/connectors/registry.ts'

/** Every operation of the contract by its path. */
function operationsOf(part: object, path: string): [string, z.ZodType][] {
  return Object.entries(part).flatMap(([name, value]): [string, z.ZodType][] => {
    const here = path === '' ? name : `${path}.${name}`
    if (!isContractProcedure(value)) return operationsOf(value as object, here)
    const output: unknown = value['~orpc'].outputSchema
    return output instanceof z.ZodType ? [[here, output]] : []
  })
}

/** Names of properties anywhere in a schema. */
function namesIn(schema: unknown): readonly string[] {
  const json: unknown = z.toJSONSchema(schema as z.ZodType, { unrepresentable: 'any', io: 'output' })
  const names: string[] = []
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk)
    else if (typeof value === 'object' && value !== null) {
      const properties = (value as { properties?: object }).properties
      if (typeof properties === 'object') names.push(...Object.keys(properties))
      Object.values(value).forEach(walk)
    }
  }
  walk(json)
  return names
}

const secretNames = new Set([
  ...[...connectors.values()].flatMap((connector) => connector.secretFields.map((field) => field.name)),
  'password',
  'token',
  'apiKey',
  'secrets',
  'secretRef',
  'authorization',
])

const operations = operationsOf(contract, '')

describe('the contract', () => {
  it('is walked whole', () => {
    expect(operations.length).toBeGreaterThan(25)
    expect([...secretNames]).toEqual(expect.arrayContaining(['apiKey', 'password', 'secretRef']))
  })

  it.each(operations)('answers %s without any field that could hold a secret', (_name, output) => {
    expect(namesIn(output).filter((name) => secretNames.has(name))).toEqual([])
  })

  it('would notice one', () => {
    const leaking = z.object({ rows: z.array(z.object({ deep: z.object({ password: z.string() }) })) })
    expect(namesIn(leaking).filter((name) => secretNames.has(name))).toEqual(['password'])
  })
})
