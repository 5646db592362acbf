/** What versions of the API before the newest do not have yet, or have still, of what the simulated shop knows. */
import { Kind, parse, visit, type ASTNode, type DocumentNode } from 'graphql'

interface Difference {
  /** Versions before this one differ. */
  readonly before: string
  /** `Type.field` or `Type.field.argument`, and `@directive`, which came with it. */
  readonly came: readonly string[]
  /** What went with it. */
  readonly went?: string
}

/** shopify.dev, developer changelog: inventory quantities, concurrency protection, inactive levels. */
const differences: readonly Difference[] = [
  {
    before: '2026-01',
    came: [
      '@idempotent',
      'InventoryQuantityInput.changeFromQuantity',
      'InventoryChangeInput.changeFromQuantity',
      'InventoryItem.variants',
    ],
  },
  {
    before: '2026-04',
    came: ['InventoryLevel.isActive', 'Location.inventoryLevels.includeInactive'],
    went: `
      extend input InventoryQuantityInput { compareQuantity: Int }
      extend input InventorySetQuantitiesInput { ignoreCompareQuantity: Boolean = false }
    `,
  },
]

/** Versions of one age have one schema. */
export function ageOf(version: string): number {
  return differences.filter(({ before }) => version < before).length
}

export function schemaOf(sdl: string, version: string): DocumentNode {
  const differing = differences.filter(({ before }) => version < before)
  const came = new Set(differing.flatMap((difference) => difference.came))
  const way: string[] = []
  const known = new Set<string>()
  const document = visit(parse([sdl, ...differing.map(({ went = '' }) => went)].join('\n'), { noLocation: true }), {
    enter(node: ASTNode) {
      const step = stepOf(node)
      if (step === null) return undefined
      const name = [...way, step].join('.')
      if (came.has(name)) {
        known.add(name)
        return null
      }
      way.push(step)
      return undefined
    },
    leave(node: ASTNode) {
      if (stepOf(node) !== null) way.pop()
      return undefined
    },
  })
  const unknown = [...came].filter((name) => !known.has(name))
  if (unknown.length > 0) throw new Error(`The newest schema has no ${unknown.join(', ')}.`)
  return document
}

function stepOf(node: ASTNode): string | null {
  switch (node.kind) {
    case Kind.DIRECTIVE_DEFINITION:
      return `@${node.name.value}`
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
    case Kind.FIELD_DEFINITION:
    case Kind.INPUT_VALUE_DEFINITION:
      return node.name.value
    default:
      return null
  }
}
