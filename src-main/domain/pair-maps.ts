/** What a pair's two sides call by different names (DESIGN §5): the maps, why one cannot be so, and how they are looked up. */
import { z } from 'zod'
import { type Decimal, compare, decimalSchema, divide, multiply } from './decimal.ts'

const name = z.string().trim().min(1).max(200)
const positive = decimalSchema.refine((figure) => compare(figure, '0') > 0, 'more than nothing')

/** A map of so many rows is a list that belongs into the ERP. */
const rowsMax = 20_000

function mapOf<Value extends z.ZodType>(value: Value) {
  return z.record(name, value).refine((map) => Object.keys(map).length <= rowsMax, `at most ${rowsMax} rows`)
}

export const pairMapShapes = {
  /** Shop SKU to ERP SKU, where they are not one. */
  skuMap: mapOf(name),
  /** Shop SKU of a bundle to the shop SKUs it is made of, with how many of each. */
  bundles: mapOf(z.record(name, positive).refine((parts) => Object.keys(parts).length > 0, 'a bundle of at least one thing')).superRefine((bundles, context) => {
    const problem = bundleProblem(bundles)
    if (problem !== null) context.addIssue({ code: 'custom', message: problem })
  }),
  /** One unit in another: a BOX is 12 of PCE. */
  units: mapOf(z.strictObject({ of: name, times: positive })).superRefine((units, context) => {
    const problem = unitProblem(units)
    if (problem !== null) context.addIssue({ code: 'custom', message: problem })
  }),
  /** By shop SKU: one of it is `size` of the ERP's product, counted there in `unit` (null: in whatever it says). */
  packs: mapOf(z.strictObject({ size: positive, unit: name.nullable().default(null) })),
  /** The shop's tax code to the ERP's. */
  taxCodes: mapOf(name),
  /** The ERP's own word for an order's state to what it means. */
  statusMap: mapOf(z.enum(['draft', 'open', 'done', 'cancelled'])),
  /** Ship-to country to what the ERP sells it under: a fiscal position, a price list. */
  markets: mapOf(name),
  /** The shop's shipping method to the SKU or name of the ERP's line. */
  shippingMethods: mapOf(name),
  /** The shop's channel to what the ERP books its sales under: a sales team, a journal. */
  salesChannels: mapOf(name),
  /** The shop's way to pay to the ERP's journal or payment method. */
  paymentMethods: mapOf(name),
  /** The shop's discount code to the ERP's product or promotion; one that ends in `*` stands for all that begin so. */
  discountCodes: mapOf(name),
} as const

export type MapName = keyof typeof pairMapShapes
export type PairMaps = { readonly [Name in MapName]: z.infer<(typeof pairMapShapes)[Name]> }

/** Why two maps cannot stand beside each other, in a sentence; null when they can. Each alone is its schema's to refuse. */
export function mapsProblem({ packs, bundles }: Partial<Pick<PairMaps, 'packs' | 'bundles'>>): string | null {
  const both = Object.keys(packs ?? {}).find((sku) => Object.hasOwn(bundles ?? {}, sku))
  return both === undefined ? null : `${both} is a bundle and cannot be a pack, too: say how many of each it is made of.`
}

function unitProblem(units: Readonly<Record<string, { readonly of: string }>>): string | null {
  const circle = circleIn(Object.entries(units).map(([unit, { of }]) => [unit, [of]] as const))
  return circle === null ? null : `must not go round in a circle: ${circle.join(' is so many ')}`
}

function bundleProblem(bundles: Readonly<Record<string, Readonly<Record<string, Decimal>>>>): string | null {
  const circle = circleIn(Object.entries(bundles).map(([sku, parts]) => [sku, Object.keys(parts)] as const))
  if (circle !== null) return `must not contain itself: ${circle.join(' contains ')}`
  return deepest(bundles) > bundlesDeep ? `must not lie in one another more than ${bundlesDeep} deep` : null
}

const bundlesDeep = 5

/** How many bundles lie in one another; without a circle in them. */
function deepest(bundles: Readonly<Record<string, Readonly<Record<string, Decimal>>>>): number {
  const depths = new Map<string, number>()
  const depthOf = (sku: string, above: number): number => {
    const parts = Object.hasOwn(bundles, sku) ? bundles[sku] : undefined
    // deeper than is allowed is deep enough to say so
    if (parts === undefined || above > bundlesDeep) return 0
    const before = depths.get(sku)
    if (before !== undefined) return before
    const depth = 1 + Math.max(0, ...Object.keys(parts).map((part) => depthOf(part, above + 1)))
    depths.set(sku, depth)
    return depth
  }
  return Math.max(0, ...Object.keys(bundles).map((sku) => depthOf(sku, 0)))
}

/** The first circle, from its beginning to its beginning; null where there is none. */
function circleIn(edges: readonly (readonly [string, readonly string[]])[]): readonly string[] | null {
  const next = new Map(edges)
  const done = new Set<string>()
  for (const [start] of edges) {
    // by hand and not by calls: a chain may be as long as the map
    const path: { readonly at: string; readonly rest: string[] }[] = []
    const enter = (at: string): void => void path.push({ at, rest: [...(next.get(at) ?? [])] })
    if (!done.has(start)) enter(start)
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const to = top.rest.pop()
      if (to === undefined) {
        done.add(top.at)
        path.pop()
        continue
      }
      const met = path.findIndex((step) => step.at === to)
      if (met >= 0) return [...path.slice(met).map((step) => step.at), to]
      if (!done.has(to)) enter(to)
    }
  }
  return null
}

/** What one sold unit of a shop SKU takes from the ERP's stock. */
export interface Taken {
  readonly erpSku: string
  /** In the ERP's units. */
  readonly quantity: Decimal
}

export interface Lookups {
  erpSku(shopSku: string): string
  /** What is under it in the shop: the ERP's SKU itself where nothing is mapped to it. */
  shopSkus(erpSku: string): readonly string[]
  packSize(shopSku: string): Decimal
  bundle(shopSku: string): Readonly<Record<string, Decimal>> | null
  /** Bundles in bundles opened, packs counted out. One row for what is no bundle. */
  takes(shopSku: string): readonly Taken[]
  /** Shop SKUs of which one takes something of it: itself, packs and bundles. */
  takers(erpSku: string): readonly string[]
  /** How many of `to` one `from` is; null where the map says nothing of it. */
  unitsIn(from: string, to: string): Decimal | null
}

const known = new WeakMap<object, Lookups>()

/** The lookups of a pair's maps, made once for each settings object. */
export function lookupsOf(maps: PairMaps): Lookups {
  const before = known.get(maps)
  if (before !== undefined) return before
  const made = makeLookups(maps)
  known.set(maps, made)
  return made
}

function makeLookups(maps: PairMaps): Lookups {
  const own = <T>(map: Readonly<Record<string, T>>, key: string): T | null => (Object.hasOwn(map, key) ? (map[key] ?? null) : null)
  const erpSku = (shopSku: string): string => own(maps.skuMap, shopSku) ?? shopSku
  const packSize = (shopSku: string): Decimal => own(maps.packs, shopSku)?.size ?? '1'
  const bundle = (shopSku: string) => own(maps.bundles, shopSku)
  const byErp = grouped(Object.entries(maps.skuMap).map(([shop, erp]) => [erp, shop] as const))
  const takes = (shopSku: string): readonly Taken[] => {
    const parts = bundle(shopSku)
    if (parts === null) return [{ erpSku: erpSku(shopSku), quantity: packSize(shopSku) }]
    return Object.entries(parts).flatMap(([sku, count]) => takes(sku).map((one) => ({ ...one, quantity: multiply(one.quantity, count) })))
  }
  const byPart = grouped(Object.keys(maps.bundles).flatMap((sku) => takes(sku).map((one) => [one.erpSku, sku] as const)))
  const shopSkus = (sku: string): readonly string[] => {
    const mapped = byErp.get(sku) ?? []
    return own(maps.skuMap, sku) === null ? [...new Set([...mapped, sku])] : mapped
  }
  return {
    erpSku,
    shopSkus,
    packSize,
    bundle,
    takes,
    takers: (sku) => [...new Set([...shopSkus(sku), ...(byPart.get(sku) ?? [])])],
    unitsIn(from, to) {
      const there = climb(maps.units, from, to)
      if (there !== null) return there
      const back = climb(maps.units, to, from)
      return back === null ? null : divide('1', back)
    },
  }
}

function climb(units: PairMaps['units'], from: string, to: string): Decimal | null {
  let times: Decimal = '1'
  for (let at = from; at !== to; ) {
    const step = Object.hasOwn(units, at) ? units[at] : undefined
    if (step === undefined) return null
    times = multiply(times, step.times)
    at = step.of
  }
  return times
}

function grouped(pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>()
  for (const [key, value] of pairs) groups.set(key, [...(groups.get(key) ?? []), value])
  return groups
}
