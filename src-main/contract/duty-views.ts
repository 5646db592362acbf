/** What screens are told of who answers for what: people, roles, and the rules whose incidents are theirs. */
import { z } from 'zod'
import { faultClasses, faultSettingSchema } from '../domain/fault.ts'
import { severities } from '../domain/incident.ts'
import { actionIds } from '../domain/intent.ts'
import { ruleSettingSchema } from '../domain/pair.ts'
import { personSchema, roleSchema } from '../domain/person.ts'

/** Everybody who may answer for something, and how much is theirs just now. */
export const peopleView = z
  .object({
    people: z.array(personSchema.unwrap().extend({ open: z.int() })),
    roles: z.array(roleSchema.unwrap().extend({ open: z.int() })),
    /** Who answers where a rule names nobody. */
    defaultOwner: z.string(),
    /** Who sits here and decides, by id; null while several might and none of them has said so. */
    here: z.string().nullable(),
  })
  .readonly()
export type PeopleView = z.infer<typeof peopleView>

/** A parameter of a rule as a field of a form. `json`: of no simpler kind. */
export const ruleFieldView = z
  .object({
    name: z.string(),
    label: z.string(),
    /** What it does, in a sentence. */
    says: z.string().nullable(),
    kind: z.enum(['whole', 'number', 'text', 'switch', 'choice', 'list', 'json']),
    least: z.number().nullable(),
    most: z.number().nullable(),
    choices: z.array(z.string()),
    /** What holds while nothing is set. */
    standard: z.unknown(),
  })
  .readonly()
export type RuleFieldView = z.infer<typeof ruleFieldView>

export const ruleView = z
  .object({
    id: z.string(),
    title: z.string(),
    /** What an owner does about it, step by step. */
    guide: z.array(z.string()),
    severity: z.enum(severities),
    repair: z.enum(actionIds).nullable(),
    /** False: it is over a connection itself, and what is set holds wherever that is read, unless an earlier pair says otherwise. */
    ofPair: z.boolean(),
    /** Whether a single market may want it otherwise. */
    ofMarkets: z.boolean(),
    fields: z.array(ruleFieldView),
    setting: ruleSettingSchema,
    /** False while the pair says nothing about it. */
    isSet: z.boolean(),
    /** What holds while `slaMinutes` is null. */
    slaMinutes: z.int(),
    /** What holds while `reactMinutes` is null; null itself: nobody is told. */
    reactMinutes: z.int().nullable(),
    open: z.int(),
  })
  .readonly()
export type RuleView = z.infer<typeof ruleView>

/** A class of faults: when it becomes an incident, whose that is, by when, and when the next one is told. */
export const faultClassView = z
  .object({
    class: z.enum(faultClasses),
    /** Who usually acts on it, in words; said where nobody is named. */
    usually: z.string(),
    policy: faultSettingSchema,
    /** False while it is as it comes. */
    isSet: z.boolean(),
    /** How many calls of all connections ended so in the last day. */
    lastDay: z.int(),
  })
  .readonly()
export type FaultClassView = z.infer<typeof faultClassView>

/** What somebody changed about a rule, a class of faults or a pair. */
export const changeView = z
  .object({ at: z.int(), who: z.string(), why: z.string().nullable(), /** It was made then. */ began: z.boolean(), changes: z.array(z.object({ what: z.string(), before: z.string(), after: z.string() })) })
  .readonly()
export type ChangeView = z.infer<typeof changeView>
