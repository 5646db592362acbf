/** Every question and command that the engine answers: its name, what goes in, what comes out. No answer holds a secret. */
import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { auditPointSchema, declarationSchema } from '../domain/audit-points.ts'
import { decisionSchema } from '../domain/decision.ts'
import { faultClasses, faultSettingSchema } from '../domain/fault.ts'
import { causes, incidentStates, severities } from '../domain/incident.ts'
import { pairSettingsChangeSchema, ruleSettingSchema } from '../domain/pair.ts'
import { personSchema, roleSchema } from '../domain/person.ts'
import { actionIds } from '../domain/intent.ts'
import { idSchema } from '../domain/connection.ts'
import { currencySchema } from '../domain/money.ts'
import { auditPageView, auditRow, declarationView } from './audit-views.ts'
import { closeRowView, closeView, openableView } from './close-views.ts'
import { channelDraft, channelView, deliveryView } from './channel-views.ts'
import { faultClassView, peopleView, changeView, ruleView } from './duty-views.ts'
import { eventSchema } from './events.ts'
import { latencyView } from './latency-views.ts'
import { customerListInput, customerListView, customerOneInput, customerOneView, customerOrdersInput, customerOrdersView, productListInput, productListView, productOneInput, productOneView, recordsView } from './product-views.ts'
import { stockListInput, stockListView, stockOneInput, stockOneView, stockSummaryView } from './stock-views.ts'
import { ticketsReadView, ticketsView } from './ticket-views.ts'
import { taxOrderView, taxOrdersInput, taxOrdersView, taxView } from './tax-views.ts'
import { chainView, ordersQuestion, ordersView, searchView } from './order-views.ts'
import {
  checkView,
  connectionDraft,
  connectionView,
  engineView,
  incidentRow,
  incidentView,
  intentView,
  noticeView,
  overviewView,
  pairView,
  platformView,
  previewView,
  referenceTryView,
  settingsView,
} from './views.ts'

/** Refusals a person can act on travel as errors with these codes and a sentence. */
const asking = oc.errors({
  REFUSED: { message: 'The engine refused', data: z.object({ says: z.string(), field: z.string().nullable() }) },
  NOT_FOUND: { message: 'There is no such thing', data: z.object({ says: z.string() }) },
})

const byId = z.object({ id: z.string() })
/** Why somebody changed something, as they say it; empty: they say nothing. */
const why = z.string().trim().max(500).default('')
const ofPair = z.object({ pair: z.string() })

export const contract = {
  engine: {
    about: asking.output(engineView),
    /** Lives until the caller hangs up. */
    events: asking.output(eventIterator(eventSchema)),
  },
  overview: {
    /** `asOf`: as it stood at a moment within the retention; left out or null: now. */
    get: asking.input(z.object({ pair: z.string().nullable(), asOf: z.int().nullable().optional() })).output(overviewView),
    /** Over the last seven days. */
    latency: asking.input(z.object({ pair: z.string() })).output(latencyView),
  },
  orders: {
    list: asking.input(ordersQuestion).output(ordersView),
    /** Everything of one order number on both sides, as it stands or as it stood. */
    chain: asking.input(z.object({ pair: z.string(), number: z.string().min(1).max(500), asOf: z.int().nullable() })).output(chainView),
  },
  search: {
    /** By how a number, a SKU, a customer's id or e-mail begins; only what is kept can be found. */
    find: asking.input(z.object({ text: z.string().trim().min(1).max(200) })).output(searchView),
  },
  incidents: {
    list: asking
      .input(
        z.object({
          states: z.array(z.enum(incidentStates)).nullable(),
          severities: z.array(z.enum(severities)).nullable(),
          rule: z.string().nullable(),
          search: z.string().max(100).nullable(),
          /** A person's or a role's id; left out or null: whoever owns them. */
          owner: z.string().max(100).nullable().optional(),
          /** With what is said of its connections themselves. */
          pair: z.string().max(100).nullable().optional(),
          /** The incident that they are a part of. */
          parent: z.string().max(100).nullable().optional(),
          currency: z.string().max(10).nullable().optional(),
          /** A country; the empty text: of none. */
          market: z.string().max(100).nullable().optional(),
          cause: z.enum(causes).nullable().optional(),
          limit: z.int().min(1).max(200),
          offset: z.int().min(0),
        }),
      )
      .output(
        z.object({
          rows: z.array(incidentRow),
          total: z.int(),
          counts: z.partialRecord(z.enum(incidentStates), z.int()),
          rules: z.array(z.object({ id: z.string(), title: z.string(), count: z.int() })),
        }),
      ),
    get: asking.input(byId).output(incidentView),
    acknowledge: asking.input(byId).output(incidentView),
    snooze: asking.input(z.object({ id: z.string(), until: z.int(), why: z.string().min(1).max(500) })).output(incidentView),
    ignore: asking.input(z.object({ id: z.string(), why: z.string().min(1).max(500) })).output(incidentView),
    reopen: asking.input(byId).output(incidentView),
    /** About one or many, in one transaction; those that it is not possible for are named, and the others are done. */
    decide: asking
      .input(z.object({ ids: z.array(z.string()).min(1).max(500), decision: decisionSchema }))
      .output(z.object({ done: z.array(z.string()), refused: z.array(z.object({ id: z.string(), says: z.string() })) })),
  },
  connections: {
    platforms: asking.output(z.array(platformView)),
    list: asking.output(z.array(connectionView)),
    /** Tries a draft without keeping anything. Stored secrets fill in what the draft leaves out. */
    test: asking.input(connectionDraft).output(checkView),
    save: asking.input(connectionDraft).output(connectionView),
    remove: asking.input(byId).output(z.object({})),
    /** Marks it due at once; the scheduler reads at its own pace. */
    readNow: asking.input(byId).output(z.object({})),
  },
  pairs: {
    list: asking.output(z.array(pairView)),
    save: asking
      .input(z.object({ id: idSchema.nullable(), shop: idSchema, erp: idSchema, settings: pairSettingsChangeSchema, why }))
      .output(pairView),
    remove: asking.input(byId).output(z.object({})),
    /** What was changed about a pair itself, newest first; each of its rules has a history of its own. */
    history: asking.input(byId).output(z.array(changeView)),
    tryReference: asking
      .input(z.object({ shop: idSchema, erp: idSchema, reference: z.string().max(300).nullable(), store: z.string().nullable() }))
      .output(referenceTryView),
    /** What may be chosen in a pair's settings, from what was read: location names, channels, payment methods. */
    choices: asking
      .input(z.object({ shop: idSchema, erp: idSchema }))
      .output(
        z.object({
          shopLocations: z.array(z.string()),
          erpLocations: z.array(z.string()),
          channels: z.array(z.string()),
          methods: z.array(z.string()),
          /** Users of the ERP who made orders there, by the platform's own ids. */
          actors: z.array(z.string()),
        }),
      ),
  },
  people: {
    list: asking.output(peopleView),
    /** Null for a new one. */
    save: asking.input(personSchema.unwrap().extend({ id: idSchema.nullable() })).output(peopleView),
    saveRole: asking.input(roleSchema.unwrap().extend({ id: idSchema.nullable() })).output(peopleView),
    /** A person or a role; what was theirs goes to whom its rules name. */
    remove: asking.input(byId).output(peopleView),
    setDefault: asking.input(z.object({ owner: idSchema })).output(peopleView),
    /** Somebody says that it is they who sit here: what is decided from now on bears their name. */
    sit: asking.input(z.object({ person: idSchema })).output(peopleView),
  },
  rules: {
    list: asking.input(z.object({ pair: idSchema })).output(z.array(ruleView)),
    /** `why` may be left empty, except where it switches the rule off. */
    save: asking.input(z.object({ pair: idSchema, rule: z.string().max(100), setting: ruleSettingSchema, why })).output(ruleView),
    /** What was changed about a rule of a pair, newest first. */
    history: asking.input(z.object({ pair: idSchema, rule: z.string().max(100) })).output(z.array(changeView)),
  },
  faults: {
    list: asking.output(z.array(faultClassView)),
    /** Null: as it comes. */
    save: asking.input(z.object({ class: z.enum(faultClasses), setting: faultSettingSchema.nullable() })).output(z.array(faultClassView)),
    /** What was changed about a class, newest first. */
    history: asking.input(z.object({ class: z.enum(faultClasses) })).output(z.array(changeView)),
  },
  replays: {
    /** Reads both sides live and runs the rule again; writes nothing anywhere but the intent. */
    preview: asking.input(z.object({ incident: z.string(), action: z.enum(actionIds) })).output(previewView),
    confirm: asking.input(z.object({ id: z.string(), previewHash: z.string(), reason: z.string().min(3).max(500) })).output(intentView),
    abandon: asking.input(z.object({ id: z.string(), reason: z.string().min(3).max(500) })).output(intentView),
    /** Looks once more whether an unclear or absent one has arrived. */
    verify: asking.input(byId).output(intentView),
    list: asking.input(z.object({ limit: z.int().min(1).max(200), offset: z.int().min(0) })).output(z.object({ rows: z.array(intentView), total: z.int() })),
  },
  close: {
    /** A business day of a pair; today where the merchant is when none is named. */
    get: asking.input(z.object({ pair: idSchema, day: z.iso.date().nullable() })).output(closeView),
    /** `figures` are those that the person saw: others are refused. */
    sign: asking
      .input(
        z.object({
          pair: idSchema,
          day: z.iso.date(),
          currency: currencySchema,
          name: z.string().trim().min(2).max(100),
          note: z.string().max(2000).nullable(),
          figures: z.object({ shop: z.int(), erp: z.int(), unexplained: z.int(), notJudged: z.int() }),
        }),
      )
      .output(closeView),
    /** What a step or a total is made of, the weightiest first; steps are shop less ERP, totals as they are. */
    rows: asking
      .input(z.object({ pair: idSchema, day: z.iso.date(), currency: currencySchema, of: openableView, limit: z.int().min(1).max(200), offset: z.int().min(0) }))
      .output(z.object({ rows: z.array(closeRowView), total: z.int() })),
    /** Every row of the day: RFC 4180, amounts in major units. */
    csv: asking.input(z.object({ pair: idSchema, day: z.iso.date() })).output(z.object({ name: z.string(), text: z.string() })),
  },
  stock: {
    /** The pair's stock as a whole: how old it is, over time, and what was sold that was not there. */
    about: asking.input(ofPair).output(stockSummaryView),
    list: asking.input(stockListInput).output(stockListView),
    one: asking.input(stockOneInput).output(stockOneView),
  },
  tax: {
    get: asking.input(ofPair).output(taxView),
    /** Orders whose tax differs, the heaviest of a currency first. */
    orders: asking.input(taxOrdersInput).output(taxOrdersView),
    order: asking.input(z.object({ pair: z.string(), number: z.string().min(1).max(500) })).output(taxOrderView),
  },
  products: {
    list: asking.input(productListInput).output(productListView),
    one: asking.input(productOneInput).output(productOneView),
    /** How well records say where they come from, and what is done by hand around them. */
    records: asking.input(ofPair).output(recordsView),
  },
  customers: {
    /** Who stands in the ERP more than once. */
    list: asking.input(customerListInput).output(customerListView),
    one: asking.input(customerOneInput).output(customerOneView),
    /** The shop's orders of one customer, the newest first. */
    orders: asking.input(customerOrdersInput).output(customerOrdersView),
  },
  tickets: {
    /** Of the last thirty days, by reason. */
    about: asking.input(ofPair).output(ticketsView),
    /** A help desk's export, as the file has it. A line that cannot be read is refused with all others. */
    read: asking.input(z.object({ pair: idSchema, text: z.string().max(10_000_000) })).output(ticketsReadView),
    forget: asking.input(z.object({ pair: idSchema })).output(ticketsView),
  },
  notices: {
    pending: asking.output(z.array(noticeView)),
    shown: asking.input(byId).output(z.object({})),
  },
  channels: {
    list: asking.output(z.array(channelView)),
    save: asking.input(channelDraft).output(channelView),
    /** Sends a word through a draft at once, without keeping anything; what is stored fills in what the draft leaves out. */
    test: asking.input(channelDraft).output(z.object({ ok: z.boolean(), says: z.string() })),
    remove: asking.input(byId).output(z.object({})),
    /** What went through the channels, or waits to, newest first. */
    log: asking
      .input(z.object({ limit: z.int().min(1).max(200), offset: z.int().min(0) }))
      .output(z.object({ rows: z.array(deliveryView), total: z.int() })),
    /** One that was given up. */
    again: asking.input(byId).output(z.object({})),
  },
  settings: {
    get: asking.output(settingsView),
    save: asking.input(settingsView.unwrap().partial()).output(settingsView),
  },
  audit: {
    list: asking
      .input(z.object({ limit: z.int().min(1).max(200), before: z.int().nullable() }))
      .output(z.object({ rows: z.array(auditRow), total: z.int(), intact: z.boolean(), says: z.string() })),
    /** What an audit of an integration asks, answered. */
    page: asking.output(auditPageView),
    declare: asking.input(declarationSchema.unwrap().omit({ at: true })).output(auditPageView),
    /** What was declared about a point, newest first. */
    history: asking.input(z.object({ point: auditPointSchema })).output(z.array(declarationView)),
    exported: asking.input(z.object({ as: z.enum(['csv', 'json']) })).output(z.object({ name: z.string(), text: z.string() })),
  },
}
