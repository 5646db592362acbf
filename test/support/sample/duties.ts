/** Sample people, roles and rules, kept as the engine keeps them: what is saved is there when it is asked again. */
import { implement } from '@orpc/server'
import type { FaultClassView, PeopleView, ChangeView, RuleView } from '../../../src-main/contract/duty-views.ts'
import { contract } from '../../../src-main/contract/operations.ts'
import { officeHours } from '../../../src-main/domain/calendar.ts'
import { faultClasses, faultPolicies } from '../../../src-main/domain/fault.ts'
import { ruleSettingSchema } from '../../../src-main/domain/pair.ts'
import { kinds } from './incidents.ts'

const os = implement(contract)
const hours = officeHours('Europe/Berlin')
const night = [{ from: '22:00', to: '24:00' }]

export interface Duties {
  people: PeopleView
  rules: RuleView[]
  history: ChangeView[]
  pairHistory: ChangeView[]
  faults: FaultClassView[]
}

export function sampleDuties(now: number): Duties {
  return {
    people: {
      people: [
        { id: 'you', name: 'Marit Ahlers', email: 'marit@nordlicht.example', calendar: { ...hours, holidays: ['2026-12-25', '2026-12-26'] }, open: 31 },
        { id: 'jonas', name: 'Jonas Wiśniewski-Papadopoulos', email: null, calendar: { ...hours, week: [...hours.week.slice(0, 5), night, []] }, open: 0 },
      ],
      roles: [{ id: 'finance', name: 'Finance', calendar: hours, members: ['you', 'jonas'], open: 12 }],
      defaultOwner: 'you',
      here: 'you',
    },
    rules: kinds.map((kind, index) => ({
      id: kind.rule,
      title: kind.title,
      guide: ['Look for the order in the ERP under another number; if it is there, correct its reference.', 'Otherwise create it.'],
      severity: kind.severity,
      repair: kind.repair,
      ofPair: true,
      ofMarkets: kind.subject === 'order',
      fields:
        index % 2 === 0
          ? []
          : [
              { name: 'graceMinutes', label: 'Grace, in minutes', says: 'How long it waits beyond its moment.', kind: 'whole', least: 0, most: 1440, choices: [], standard: 15 },
              { name: 'countTests', label: 'Count tests', says: null, kind: 'switch', least: null, most: null, choices: [], standard: false },
            ],
      setting: ruleSettingSchema.parse(index === 1 ? { owner: 'finance', params: { graceMinutes: 30 }, markets: { FR: { params: { graceMinutes: 60 } } } } : {}),
      isSet: index === 1,
      slaMinutes: 480,
      reactMinutes: kind.severity === 'critical' ? 15 : null,
      open: kind.weight,
    })),
    faults: faultClasses.map((name, nth) => {
      const { owner: usually, ...policy } = faultPolicies[name]
      return { class: name, usually, policy: { ...policy, person: name === 'tax' ? 'finance' : null }, isSet: name === 'tax', lastDay: nth === 4 ? 12_618 : nth }
    }),
    pairHistory: [
      {
        at: now - 2 * 86_400_000, who: 'Jonas Wiśniewski-Papadopoulos', why: 'The warehouse confirms by noon.', began: false,
        changes: [{ what: 'graceMinutes', before: '15', after: '30' }, { what: 'units.MUG', before: 'standard', after: '6' }],
      },
      { at: now - 30 * 86_400_000, who: 'Marit Ahlers', why: null, began: true, changes: [] },
    ],
    history: [{ at: now - 3 * 86_400_000, who: 'Marit Ahlers', why: 'Their queue runs each quarter of an hour.', began: false, changes: [{ what: 'params.graceMinutes', before: 'standard', after: '30' }] }],
  }
}

/** `tell` says that people or rules have changed. */
export function dutyHandlers(duties: Duties, tell: () => void, now: () => number) {
  const changed = (people: Partial<PeopleView>): PeopleView => {
    duties.people = { ...duties.people, ...people }
    tell()
    return duties.people
  }
  const put = <T extends { readonly id: string }>(all: readonly T[], one: T): T[] => [...all.filter((each) => each.id !== one.id), one]
  return {
    people: {
      list: os.people.list.handler(() => duties.people),
      save: os.people.save.handler(({ input }) =>
        changed({ people: put(duties.people.people, { ...input, id: input.id ?? `p-${duties.people.people.length}`, open: 0 }) }),
      ),
      saveRole: os.people.saveRole.handler(({ input }) =>
        changed({ roles: put(duties.people.roles, { ...input, id: input.id ?? `r-${duties.people.roles.length}`, open: 0 }) }),
      ),
      remove: os.people.remove.handler(({ input }) =>
        changed({
          people: duties.people.people.filter((one) => one.id !== input.id),
          roles: duties.people.roles.filter((one) => one.id !== input.id),
        }),
      ),
      setDefault: os.people.setDefault.handler(({ input }) => changed({ defaultOwner: input.owner })),
      sit: os.people.sit.handler(({ input }) => changed({ here: input.person })),
    },
    faults: {
      list: os.faults.list.handler(() => duties.faults),
      save: os.faults.save.handler(({ input }) => {
        const { owner: _owner, ...own } = faultPolicies[input.class]
        duties.faults = duties.faults.map((one) => (one.class === input.class ? { ...one, policy: input.setting ?? { ...own, person: null }, isSet: input.setting !== null } : one))
        tell()
        return duties.faults
      }),
      history: os.faults.history.handler(() => duties.history),
    },
    rules: {
      list: os.rules.list.handler(() => duties.rules),
      save: os.rules.save.handler(({ input, errors }) => {
        const before = duties.rules.find((rule) => rule.id === input.rule)
        if (before === undefined) throw errors.NOT_FOUND({ data: { says: 'There is no such rule.' } })
        const after = { ...before, setting: input.setting, isSet: true }
        duties.rules = duties.rules.map((rule) => (rule.id === input.rule ? after : rule))
        duties.history = [{ at: now(), who: 'Marit Ahlers', why: input.why === '' ? null : input.why, began: false, changes: [{ what: 'setting', before: '1', after: '2' }] }, ...duties.history]
        tell()
        return after
      }),
      history: os.rules.history.handler(() => duties.history),
    },
  }
}
