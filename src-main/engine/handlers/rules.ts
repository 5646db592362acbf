/** Answers about rules as one pair holds them: owner, severity, deadline, parameters here and in single markets, and their history. */
import { z } from 'zod'
import type { RuleChangeView, RuleView } from '../../contract/duty-views.ts'
import { type Pair, type RuleSetting, pairSettingsSchema, ruleSettingSchema } from '../../domain/pair.ts'
import { reactMinutesDefault, slaMinutesDefault } from '../reconcile/duty.ts'
import { catalogue, rules as byLens } from '../reconcile/registry.ts'
import { isOfMarkets, ruleProblem } from '../reconcile/rule-settings.ts'
import type { AuditEntry } from '../store/audit.ts'
import { type Rooms, os } from './rooms.ts'
import { fieldsOf } from './rule-fields.ts'

const unset: RuleSetting = ruleSettingSchema.parse({})

/** Over a connection or its streams: they belong to every pair that reads it. */
const ofConnections: ReadonlySet<string> = new Set([...byLens.connection, ...byLens.stream].map((rule) => rule.id))

/** Entries of the trail that a history looks through, and shows. */
const historyMax = 200

export function ruleHandlers(rooms: Rooms) {
  const { store } = rooms

  function viewOf(pair: Pair, id: string): RuleView | null {
    const rule = catalogue.get(id)
    if (rule === undefined) return null
    const set = pair.settings.rules[id]
    // whom nobody knows any more names nobody
    const owner = set?.owner == null || store.people.owner(set.owner) === null ? null : set.owner
    const setting = { ...(set ?? unset), owner }
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

  function save(pair: Pair, id: string, setting: RuleSetting): void {
    const settings = pairSettingsSchema.parse({ ...pair.settings, rules: { ...pair.settings.rules, [id]: setting } })
    store.transaction((tx) => {
      store.pairs.save(tx, { ...pair, settings })
      store.duties.anew(tx, { pair: ofConnections.has(id) ? null : pair.id, owner: null })
      rooms.duty.settle(tx)
      rooms.audit(tx, {
        what: 'rule changed',
        subject: subjectOf(pair.id, id),
        before: pair.settings.rules[id] ?? unset,
        after: setting,
        why: null,
      })
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
      if (input.setting.owner !== null && store.people.owner(input.setting.owner) === null) {
        throw errors.REFUSED({ data: { says: 'Its owner is not among the people and roles any more.', field: 'owner' } })
      }
      save(pair, input.rule, input.setting)
      void rooms.reconcile()
      rooms.publish(['pairs', 'incidents', 'people', 'overview', 'audit'])
      const after = viewOf({ ...pair, settings: store.pairs.get(pair.id)?.settings ?? pair.settings }, input.rule)
      if (after === null) throw errors.NOT_FOUND({ data: { says: `There is no rule ${input.rule}.` } })
      return after
    }),
    history: os.rules.history.handler(({ input }) =>
      store.audit.about(subjectOf(input.pair, input.rule), historyMax).map(changeOf),
    ),
  }
}

function subjectOf(pair: string, rule: string): string {
  return `rule ${rule} of pair ${pair}`
}

const anyObject = z.record(z.string(), z.unknown())

/** What an entry of the trail changed, name by name; parameters each on their own. */
export function changeOf(entry: AuditEntry): RuleChangeView {
  const before = flat(anyObject.parse(JSON.parse(entry.before)))
  const after = flat(anyObject.parse(JSON.parse(entry.after)))
  const names = [...new Set([...before.keys(), ...after.keys()])].toSorted()
  const said = (value: unknown): string => (value === null || value === undefined ? 'standard' : typeof value === 'string' ? value : JSON.stringify(value))
  return {
    at: entry.at,
    who: entry.who,
    changes: names.flatMap((what) => {
      const [was, is] = [said(before.get(what)), said(after.get(what))]
      return was === is ? [] : [{ what, before: was, after: is }]
    }),
  }
}

function flat(setting: Readonly<Record<string, unknown>>, prefix = ''): Map<string, unknown> {
  const found = new Map<string, unknown>()
  for (const [name, value] of Object.entries(setting)) {
    const inner = anyObject.safeParse(value)
    if (inner.success) for (const [path, each] of flat(inner.data, `${prefix}${name}.`)) found.set(path, each)
    else found.set(`${prefix}${name}`, value)
  }
  return found
}
