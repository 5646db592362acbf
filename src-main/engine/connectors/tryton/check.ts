/**
 * What "test connection" finds out about a Tryton, step by step, in words for who can put it right.
 */
import { clockOffsetMaxMs } from '../../../domain/connection.ts'
import { z } from 'zod'
import { type Fault, type Outcome, ok } from '../../../domain/fault.ts'
import type { Api, Check } from '../definition.ts'
import { modelsLocked } from './access.ts'
import { search, serverVersion } from './calls.ts'
import { type Facts, learnFacts } from './facts.ts'
import type { TrytonSettings } from './settings.ts'
import { readWarehouses } from './warehouses.ts'
import { instantOf, wireStamp } from './classes.ts'

type Step = Check['steps'][number]

/** What must be readable, and under which name people know it. */
const needed: readonly { readonly title: string; readonly models: readonly string[] }[] = [
  { title: 'Read sales', models: ['sale.sale', 'sale.line', 'account.tax'] },
  {
    title: 'Read invoices',
    models: ['account.invoice', 'account.invoice.line', 'account.invoice.tax'],
  },
  {
    title: 'Read stock and shipments',
    models: ['stock.location', 'stock.move', 'stock.shipment.out', 'stock.shipment.out.return'],
  },
  {
    title: 'Read products and customers',
    models: ['product.product', 'product.template', 'party.party', 'party.contact_mechanism'],
  },
]

export async function check(api: Api, settings: TrytonSettings): Promise<Outcome<Check>> {
  const version = await serverVersion(api)
  if (!version.ok) return finished(api, stepsUpTo(version.fault))
  const steps: Step[] = [
    versionStep(version.value),
    done('Find the database', 'The database is there.'),
    done('Log in', `Logged in as ${settings.user}.`),
  ]
  const facts = await learnFacts(api, settings)
  if (!facts.ok)
    return finished(api, [
      ...steps,
      { title: 'Read the user', state: 'failed', says: facts.fault.says },
    ])
  steps.push(done('Company', `Reads company ${facts.value.context.company} of this database.`))
  for (const group of needed) steps.push(await readStep(api, settings, facts.value, group))
  const warehouses = await readWarehouses({ api, settings, context: facts.value.context })
  steps.push(
    warehouses.ok
      ? done('Warehouses', `Reads ${warehouses.value.map(({ location }) => location).join(', ')}.`)
      : { title: 'Warehouses', state: 'failed', says: warehouses.fault.says },
  )
  steps.push(
    await writeStep(api, settings, facts.value),
    roundingStep(facts.value),
    clockStep(api),
    await stampStep(api, settings, facts.value),
  )
  return finished(api, steps, warehouses.ok ? warehouses.value.map(({ location }) => location) : [])
}

function finished(
  api: Api,
  steps: readonly Step[],
  locations: readonly string[] = [],
): Outcome<Check> {
  return ok({ steps, clockOffsetMs: api.clockOffsetMs(), locations, channels: [] })
}

function done(title: string, says: string): Step {
  return { title, state: 'ok', says }
}

/**
 * Every request logs in first, so the first one's fault says which of the first steps was not
 * passed.
 */
function stepsUpTo({ class: faultClass, path, says }: Fault): readonly Step[] {
  const reached = done('Reach the server', 'The server answers.')
  if (faultClass === 'not-found' && path === 'baseUrl')
    return [reached, { title: 'Find the database', state: 'failed', says }]
  if (faultClass === 'credentials' || faultClass === 'rate-limited') {
    return [
      reached,
      done('Find the database', 'The database is there.'),
      { title: 'Log in', state: 'failed', says },
    ]
  }
  return [{ title: 'Reach the server', state: 'failed', says }]
}

function versionStep(version: string): Step {
  const title = 'Reach the server'
  if (version.startsWith('6.0.')) return done(title, `Tryton ${version} answers.`)
  return {
    title,
    state: 'warning',
    says: `Tryton ${version} answers. Plumbline was tried with 6.0 only: compare some figures by hand.`,
  }
}

async function readStep(
  api: Api,
  settings: TrytonSettings,
  { context }: Facts,
  group: (typeof needed)[number],
): Promise<Step> {
  for (const model of group.models) {
    const told = await search(api, settings, {
      model,
      domain: [],
      limit: 1,
      order: null,
      fields: ['id'],
      context: { ...context },
    })
    if (told.ok) continue
    const refused = told.fault.class === 'permission'
    const says = refused
      ? `This user may not read the model ${model}. Give its group the right to read it.`
      : `${model}: ${told.fault.says}`
    return { title: group.title, state: 'failed', says }
  }
  return done(group.title, 'May be read.')
}

/** Only asked, never tried. */
async function writeStep(api: Api, settings: TrytonSettings, { context }: Facts): Promise<Step> {
  const title = 'Enter sales (only for repairs)'
  const locked = await modelsLocked({ api, settings, context })
  if (!locked.ok) return { title, state: 'warning', says: locked.fault.says }
  if (locked.value.length === 0) return done(title, 'This user may enter sales.')
  const says = `This user may not write ${locked.value.join(', ')}. That is enough to watch; a repair needs the right to create there, as the group "Sales" has it.`
  return done(title, says)
}

function roundingStep({ taxRounding }: Facts): Step {
  const title = 'Tax rounding'
  if (taxRounding === 'line') return done(title, 'Tax is rounded line by line.')
  if (taxRounding === 'document') return done(title, 'Tax is rounded once per document.')
  return {
    title,
    state: 'warning',
    says: 'How tax is rounded cannot be read (model account.configuration). It is inferred from the figures.',
  }
}

function clockStep(api: Api): Step {
  const title = 'Clock'
  const offset = api.clockOffsetMs()
  if (offset === null)
    return {
      title,
      state: 'warning',
      says: 'The server states no time, so its clock cannot be compared.',
    }
  const apart = `${Math.round(Math.abs(offset) / 1000)} seconds`
  if (Math.abs(offset) <= clockOffsetMaxMs)
    return done(title, `Its clock and ours are within ${apart}.`)
  return {
    title,
    state: 'warning',
    says: `Its clock and ours are ${apart} apart. Set the wrong one right: ages would be off by that much.`,
  }
}

/**
 * Stamps have no zone. They are UTC while PostgreSQL's session is; else they would lie hours ahead
 * or behind.
 */
async function stampStep(api: Api, settings: TrytonSettings, { context }: Facts): Promise<Step> {
  const title = 'Time stamps'
  const told = await search(api, settings, {
    model: 'sale.sale',
    domain: [],
    limit: 1,
    order: [['create_date', 'DESC']],
    fields: ['create_date'],
    context: { ...context },
  })
  if (!told.ok) return { title, state: 'warning', says: told.fault.says }
  const newest = z.array(z.object({ create_date: wireStamp })).safeParse(told.value.result)
    .data?.[0]?.create_date
  if (newest === undefined || told.value.date === null)
    return done(title, 'There is no sale yet to compare them by.')
  if (instantOf(newest) <= told.value.date + clockOffsetMaxMs)
    return done(title, 'They do not lie ahead of the clock.')
  return {
    title,
    state: 'failed',
    says: "Tryton's database stamps its rows ahead of its clock. Set the time zone of the PostgreSQL database to UTC.",
  }
}
