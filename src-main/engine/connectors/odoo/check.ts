/**
 * What "test connection" finds out about an Odoo, step by step, in words for who can put it right.
 */
import { z } from 'zod'
import { clockOffsetMaxMs } from '../../../domain/connection.ts'
import { type Fault, type Outcome, ok } from '../../../domain/fault.ts'
import { days } from '../../../domain/time.ts'
import type { Api, Check } from '../definition.ts'
import { invoiceWrites, modelsLocked, orderWrites } from './access.ts'
import { serverVersion, speaksJson2 } from './calls.ts'
import { instantOf, wireStamp } from './classes.ts'
import { type Desk, fieldsOf, takeDesk } from './desk.ts'
import { type Asked, readable, search } from './rows.ts'
import type { OdooSettings } from './settings.ts'
import { readWarehouses } from './warehouses.ts'
import {
  orderAsked,
  invoiceAsked,
  invoiceLineAsked,
  locationAsked,
  moveAsked,
  orderLineAsked,
  partnerAsked,
  pickingAsked,
  productAsked,
  quantAsked,
  taxAsked,
  templateAsked,
} from './fields.ts'

type Step = Check['steps'][number]

/** What must be readable, and under which name people know it. */
const needed: readonly { readonly title: string; readonly models: readonly Asked[] }[] = [
  { title: 'Read orders', models: [orderAsked, orderLineAsked, taxAsked] },
  { title: 'Read invoices', models: [invoiceAsked, invoiceLineAsked] },
  { title: 'Read stock and shipments', models: [pickingAsked, locationAsked, moveAsked, quantAsked] },
  { title: 'Read products and customers', models: [productAsked, templateAsked, partnerAsked] },
]

/**
 * Fields that a version, an app or a right may keep from us, and what is not known without them.
 */
const missed: readonly {
  readonly asked: Asked
  readonly field: string
  readonly without: string
}[] = [
  { asked: orderAsked, field: 'client_order_ref', without: 'which shop order an order stands for' },
  { asked: orderAsked, field: 'invoice_status', without: 'whether an order is invoiced' },
  { asked: invoiceLineAsked, field: 'sale_line_ids', without: 'which order an invoice bills' },
  { asked: pickingAsked, field: 'carrier_tracking_ref', without: 'tracking numbers' },
  { asked: partnerAsked, field: 'email', without: "customers' e-mail addresses" },
]

const versionsTried = [16, 17, 18, 19]
const keyWarning = days(14)

export async function check(api: Api, settings: OdooSettings): Promise<Outcome<Check>> {
  const server = await serverVersion(api)
  if (!server.ok) return finished(api, [failure('Reach the server', server.fault)])
  const steps: Step[] = [versionStep(server.value)]
  const taken = await takeDesk(api, settings)
  if (!taken.ok) return finished(api, [...steps, ...stepsUpTo(taken.fault)])
  const desk = taken.value
  steps.push(
    done('Find the database', `The database ${settings.database} is there.`),
    done('Log in', `Logged in as ${desk.login}.`),
    await keyStep(desk),
    companyStep(desk),
  )
  for (const { models, title } of needed) steps.push(await readStep(desk, title, models))
  steps.push(ruleStep(desk), await fieldStep(desk))
  const warehouses = await readWarehouses(desk)
  const codes = warehouses.ok ? warehouses.value.map(({ location }) => location) : []
  steps.push(
    warehouses.ok
      ? done('Warehouses', `Reads ${codes.join(', ')}.`)
      : failure('Warehouses', warehouses.fault),
  )
  steps.push(await writeStep(desk), roundingStep(desk), clockStep(api))
  return finished(api, steps, codes)
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

function warning(title: string, says: string): Step {
  return { title, state: 'warning', says }
}

function failure(title: string, { says }: Fault): Step {
  return { title, state: 'failed', says }
}

/** Which of the first steps was not passed, as its fault tells. */
function stepsUpTo(because: Fault): readonly Step[] {
  if (because.path === 'database') return [failure('Find the database', because)]
  const found = done('Find the database', 'The database is there.')
  if (because.class === 'credentials' || because.path === 'user')
    return [found, failure('Log in', because)]
  const inside = done('Log in', 'Odoo accepts the API key.')
  if (because.path === 'company') return [found, inside, failure('Company', because)]
  return [failure('Read the user and its company', because)]
}

function versionStep(server: Desk['server']): Step {
  const title = 'Reach the server'
  const by = speaksJson2(server) ? 'JSON-2' : 'JSON-RPC'
  if (versionsTried.includes(server.major))
    return done(title, `Odoo ${server.version} answers; it is read by ${by}.`)
  return warning(
    title,
    `Odoo ${server.version} answers. Plumbline knows 16 to 19: compare some figures by hand.`,
  )
}

/** Which of the user's keys is ours cannot be told, so the first to end is named. */
async function keyStep(desk: Desk): Promise<Step> {
  const title = 'API key'
  const model = 'res.users.apikeys'
  const fields = await fieldsOf(desk, model)
  if (!fields.ok || fields.value?.has('expiration_date') !== true)
    return done(title, 'Its end is not told by this Odoo.')
  const told = await search(desk, {
    model,
    domain: [['user_id', '=', Number(desk.uid)]],
    fields: ['expiration_date'],
    limit: 100,
    order: 'id asc',
  })
  if (!told.ok) return done(title, 'Its end is not told to this user.')
  const rows = z.array(z.object({ expiration_date: wireStamp })).safeParse(told.value.result)
  const ends = (rows.data ?? [])
    .flatMap(({ expiration_date }) => (expiration_date === null ? [] : [expiration_date]))
    .toSorted()
  const now = desk.api.now() - (desk.api.clockOffsetMs() ?? 0)
  const next = ends.find((end) => instantOf(end) > now)
  if (next === undefined) return done(title, 'It has no end.')
  const day = next.slice(0, 10)
  if (instantOf(next) - now > keyWarning)
    return done(title, `The first key of this user ends on ${day}.`)
  return warning(
    title,
    `A key of this user ends on ${day}. Make a new one in Odoo and enter it under Connections before that.`,
  )
}

function companyStep({ companies, company, settings }: Desk): Step {
  const says = `Reads the company ${company.name}.`
  if (companies === 1 || settings.company !== undefined) return done('Company', says)
  return warning(
    'Company',
    `${says} This user sees ${companies} companies: the others are not read. Name the right one in the settings.`,
  )
}

async function readStep(desk: Desk, title: string, models: readonly Asked[]): Promise<Step> {
  for (const asked of models) {
    // oxlint-disable-next-line no-await-in-loop -- one question after the other, at Odoo's pace
    const fields = await readable(desk, asked)
    if (!fields.ok) return failure(title, fields.fault)
    // oxlint-disable-next-line no-await-in-loop -- see above
    const told = await search(desk, {
      model: asked.model,
      domain: [],
      fields: fields.value,
      limit: 1,
      order: 'id desc',
    })
    if (told.ok) continue
    const says =
      told.fault.class === 'permission'
        ? `This user may not read the model ${asked.model}. Give its groups the right to read it.`
        : `${asked.model}: ${told.fault.says}`
    return { title, state: 'failed', says }
  }
  return done(title, 'May be read.')
}

function ruleStep({ ownOrdersOnly }: Desk): Step {
  const title = 'See all orders'
  if (!ownOrdersOnly) return done(title, 'No role of the user hides orders of others.')
  return warning(
    title,
    'This user has the role "User: Own Documents Only" in Sales, so no order can be called missing. Give it "User: All Documents".',
  )
}

async function fieldStep(desk: Desk): Promise<Step> {
  const title = 'Fields'
  const unknown: string[] = []
  for (const { asked, field, without } of missed) {
    // oxlint-disable-next-line no-await-in-loop -- most answers are kept
    const fields = await fieldsOf(desk, asked.model)
    if (fields.ok && fields.value !== null && !fields.value.has(field))
      unknown.push(`${without} (${field} of ${asked.model})`)
  }
  if (unknown.length === 0) return done(title, 'Everything that is compared can be seen.')
  return warning(
    title,
    `This Odoo does not have, or this user may not see: ${unknown.join('; ')}. It is left out.`,
  )
}

/** Only asked, never tried. */
async function writeStep(desk: Desk): Promise<Step> {
  const title = 'Enter orders and invoices (only for repairs)'
  const locked = await modelsLocked(desk, [...orderWrites, ...invoiceWrites])
  if (!locked.ok) return warning(title, locked.fault.says)
  if (locked.value.length === 0) return done(title, 'This user may enter orders, and have them billed.')
  return done(
    title,
    `This user may not write ${locked.value.join(', ')}. That is enough to watch; a repair needs the right to create there.`,
  )
}

function roundingStep({ company }: Desk): Step {
  const title = 'Tax rounding'
  if (company.taxRounding === 'per-line') return done(title, 'Tax is rounded line by line.')
  if (company.taxRounding === 'per-document')
    return done(title, 'Tax is rounded once per document.')
  return warning(
    title,
    'How tax is rounded cannot be read of the company. It is inferred from the figures.',
  )
}

function clockStep(api: Api): Step {
  const title = 'Clock'
  const offset = api.clockOffsetMs()
  if (offset === null)
    return warning(title, 'The server states no time, so its clock cannot be compared.')
  const apart = `${Math.round(Math.abs(offset) / 1000)} seconds`
  if (Math.abs(offset) <= clockOffsetMaxMs)
    return done(title, `Its clock and ours are within ${apart}.`)
  return warning(
    title,
    `Its clock and ours are ${apart} apart. Set the wrong one right: ages would be off by that much.`,
  )
}
