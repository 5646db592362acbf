/** What a pair has set about rules, laid over what the rules themselves come with. */
import { z } from 'zod'
import type { Severity } from '../../domain/incident.ts'
import { type Pair, type PairSettings, settingIn } from '../../domain/pair.ts'
import type { Rule } from './rule.ts'

/** A rule as it holds for one pair and market. */
export interface Held<Params = unknown> {
  readonly on: boolean
  /** In place of the rule's own; null: what the rule says. */
  readonly severity: Severity | null
  readonly params: Params
}

/** As rules come: asked for with every subject of every pair, and read once. */
const asTheyCome = new WeakMap<object, Held>()

/** Throws for parameters that the rule does not take: they are checked before they are saved. */
export function heldBy(rule: Pick<Rule, 'id' | 'params'>, pair: Pair | null, market: string | null): Held {
  const set = pair?.settings.rules[rule.id]
  if (set === undefined) {
    const own = asTheyCome.get(rule) ?? { on: true, severity: null, params: rule.params.parse({}) }
    asTheyCome.set(rule, own)
    return own
  }
  const { on, severity, params } = settingIn(set, market)
  return { on, severity, params: rule.params.parse(params) }
}

/**
 * Whose settings hold for a rule over a connection itself, which belongs to every pair that reads it: of those, the first
 * that says something of the rule. Null: none does.
 */
export function holderOf(pairs: readonly Pair[], connection: string, rule: string): Pair | null {
  const reads = (pair: Pair): boolean => [pair.shop, pair.erp, ...pair.with.map((one) => one.connection)].includes(connection)
  return pairs.find((pair) => pair.settings.rules[rule] !== undefined && reads(pair)) ?? null
}

/** Whether single markets may have settings of their own: only an order, and what follows it, is of a market. */
export function isOfMarkets({ over }: Pick<Rule, 'over'>): boolean {
  return over === 'order' || over === 'chain'
}

/** The parameters that a rule takes, by name. */
export function namesOf({ params }: Pick<Rule, 'params'>): readonly string[] {
  if (!(params instanceof z.ZodObject)) throw new Error('a rule takes its parameters as an object')
  return Object.keys(params.shape)
}

/** Why these settings cannot be used, in a sentence that names the rule and the parameter; null when they can. */
export function ruleProblem(settings: Pick<PairSettings, 'rules'>, known: ReadonlyMap<string, Pick<Rule, 'title' | 'over' | 'params'>>): string | null {
  for (const [id, set] of Object.entries(settings.rules)) {
    const rule = known.get(id)
    if (rule === undefined) return `There is no rule ${id}; the rules are ${[...known.keys()].join(', ')}.`
    const names = namesOf(rule)
    for (const [market, params] of [[null, set.params], ...Object.entries(set.markets).map(([name, here]) => [name, here.params] as const)] as const) {
      const where = market === null ? '' : ` in ${market}`
      const strange = Object.keys(params).find((name) => !names.includes(name))
      if (strange !== undefined) return `${rule.title}${where}: there is no ${strange}; ${names.length === 0 ? 'it takes no parameters' : `it takes ${names.join(', ')}`}.`
      if (market !== null && !isOfMarkets(rule)) return `${rule.title}${where}: what it judges is of no single market. Set it for all of them.`
      const parsed = rule.params.safeParse(settingIn(set, market).params)
      if (parsed.success) continue
      const issue = parsed.error.issues[0]
      return `${rule.title}${where}: ${issue?.path.join('.') ?? 'its parameters'} cannot be so: ${issue?.message ?? 'not valid'}.`
    }
  }
  return null
}
