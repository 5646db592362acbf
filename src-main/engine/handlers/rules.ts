/** Answers about rules as one pair holds them: owner, severity, deadline, parameters here and in single markets, and their history. */
import type { RuleView } from '../../contract/duty-views.ts'
import { type Pair, type RuleSetting, pairSettingsSchema, unset } from '../../domain/pair.ts'
import { reactMinutesDefault, slaMinutesDefault } from '../reconcile/duty.ts'
import { catalogue } from '../reconcile/registry.ts'
import { isOfMarkets, ruleProblem } from '../reconcile/rule-settings.ts'
import { historyOf } from './history.ts'
import { type Rooms, os } from './rooms.ts'
import { lacksWhy, ofConnections, ruleSubject, rulesChanged } from './rule-changes.ts'
import { fieldsOf } from './rule-fields.ts'

export function ruleHandlers(rooms: Rooms) {
  const { store } = rooms

  function viewOf(pair: Pair, id: string): RuleView | null {
    const rule = catalogue.get(id)
    if (rule === undefined) return null
    const set = pair.settings.rules[id]
    const setting = withKnownOwners(set ?? unset)
    return {
      id,
      title: rule.title,
      guide: [...rule.guide],
      severity: rule.severity,
      repair: rule.repair,
      ofPair: !ofConnections.has(id),
      ofMarkets: isOfMarkets(rule),
      fields: [...fieldsOf(rule.params)],
      setting,
      isSet: set !== undefined,
      slaMinutes: slaMinutesDefault[setting.severity ?? rule.severity],
      reactMinutes: reactMinutesDefault[setting.severity ?? rule.severity],
      open: store.incidents.count({ states: ['open', 'acknowledged', 'repairing'], severities: null, rule: id, search: null, pair: pair.id }),
    }
  }

  /** Whom nobody knows any more names nobody. */
  function withKnownOwners(set: RuleSetting): RuleSetting {
    const known = (owner: string | null): string | null => (owner === null || store.people.owner(owner) === null ? null : owner)
    const markets = Object.entries(set.markets).map(([market, here]) => [market, { ...here, owner: known(here.owner) }] as const)
    return { ...set, owner: known(set.owner), markets: Object.fromEntries(markets) }
  }

  function save(pair: Pair, rules: Pair['settings']['rules'], why: string | null): void {
    const changed = { ...pair, settings: pairSettingsSchema.parse({ ...pair.settings, rules }) }
    store.transaction((tx) => {
      store.pairs.save(tx, changed)
      rulesChanged(rooms, tx, { pair: changed, before: pair.settings.rules, why })
    })
  }

  const noPair = (id: string) => ({ data: { says: `There is no pair ${id}.` } })

  return {
    list: os.rules.list.handler(({ input, errors }) => {
      const pair = store.pairs.get(input.pair)
      if (pair === null) throw errors.NOT_FOUND(noPair(input.pair))
      return [...catalogue.keys()].toSorted().flatMap((id) => viewOf(pair, id) ?? [])
    }),
    save: os.rules.save.handler(({ input, errors }) => {
      const pair = store.pairs.get(input.pair)
      if (pair === null) throw errors.NOT_FOUND(noPair(input.pair))
      if (!catalogue.has(input.rule)) {
        throw errors.REFUSED({ data: { says: `There is no rule ${input.rule}.`, field: 'rule' } })
      }
      const problem = ruleProblem({ rules: { [input.rule]: input.setting } }, catalogue)
      if (problem !== null) throw errors.REFUSED({ data: { says: problem, field: 'params' } })
      const owners = [input.setting, ...Object.values(input.setting.markets)].flatMap(({ owner }) => owner ?? [])
      if (owners.some((owner) => store.people.owner(owner) === null)) {
        throw errors.REFUSED({ data: { says: 'Its owner is not among the people and roles any more.', field: 'owner' } })
      }
      const rules = { ...pair.settings.rules, [input.rule]: input.setting }
      const why = input.why === '' ? null : input.why
      const unsaid = lacksWhy(pair.settings.rules, rules, why)
      if (unsaid !== null) throw errors.REFUSED({ data: { says: unsaid, field: 'why' } })
      save(pair, rules, why)
      void rooms.reconcile()
      rooms.publish(['pairs', 'incidents', 'people', 'overview', 'audit'])
      const after = viewOf({ ...pair, settings: store.pairs.get(pair.id)?.settings ?? pair.settings }, input.rule)
      if (after === null) throw errors.NOT_FOUND({ data: { says: `There is no rule ${input.rule}.` } })
      return after
    }),
    history: os.rules.history.handler(({ input }) => historyOf(store, ruleSubject(input.pair, input.rule))),
  }
}
