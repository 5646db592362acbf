/**
 * The one thing we write in Tryton: a draft sale for a shop order that never arrived there (DESIGN
 * §9, ERP.md §4.7–4.8).
 */
import { z } from 'zod'
import { takesBack } from '../../../domain/came-back.ts'
import { compare } from '../../../domain/decimal.ts'
import { type Outcome, failed, fault, ok } from '../../../domain/fault.ts'
import { minutes, seconds } from '../../../domain/time.ts'
import type { ActionDefinition, Api, Verification } from '../definition.ts'
import { wireId } from '../walk.ts'
import { tell } from './calls.ts'
import { learnFacts } from './facts.ts'
import { previewDraft } from './draft.ts'
import { draftPayload } from './draft-payload.ts'
import { inWords, salesNaming } from './presence.ts'
import type { TrytonSettings } from './settings.ts'

/**
 * Probe, then create: Tryton itself does not keep a reference unique, so what stands between us and
 * a duplicate is a search. It can miss a sale that another writer, above all the shop's own
 * integration, is entering at this very moment and has not committed; one that it enters without
 * the reference and names later; and one that a record rule hides from our user, such as another
 * company's. The module web_shop has a unique `web_id`, which we search but do not write: its form
 * belongs to the integration, and one of our own making would not keep the integration away.
 */
export const orderCreate: ActionDefinition<TrytonSettings, 'order.create'> = {
  id: 'order.create',
  guarantee: 'probe-then-create',
  // A commit is visible at once; a request that we gave up on may still be at work for as long as a
  // slow save takes.
  visibilityLagMs: minutes(2),
  priceOfBeingWrong:
    'If the integration enters the same order at the same moment, Tryton holds it twice. Ours is a draft: it reserves no stock, ' +
    'has no number and makes no invoice or shipment until somebody quotes and confirms it, and it can be cancelled with one click.',
  preview: previewDraft,
  send,
  verify,
}

/**
 * Searches once more, then sends exactly the payload in one call, header and lines together.
 * Neither is ever repeated.
 */
async function send(
  api: Api,
  payload: unknown,
  key: string,
  settings: TrytonSettings,
): Promise<Outcome<{ readonly targetId: string | null }>> {
  const draft = draftPayload.parse(payload)
  // With `tell`, as a probe that is tried again could lie seconds before the write that it is there
  // for.
  const named = [
    ['reference', 'in', [draft.values.reference, key]],
    ['state', '!=', 'cancelled'],
  ]
  const probe = [named, 0, 1, null, ['id'], draft.context]
  const held = await tell(
    api,
    settings,
    'model.sale.sale.search_read',
    probe,
    z.array(z.object({ id: wireId })),
  )
  if (!held.ok) return held
  if (held.value.result.length > 0) {
    return failed(
      fault(
        'erp-rejection',
        'Tryton holds a sale with this reference by now, so nothing was sent.',
        { detail: 'probe before create' },
      ),
    )
  }
  const params = [[draft.values], draft.context]
  const made = await tell(
    api,
    settings,
    'model.sale.sale.create',
    params,
    z.array(wireId),
    seconds(60),
  )
  return made.ok ? ok({ targetId: made.value.result[0] ?? null }) : made
}

/**
 * Every sale that names the order, one cancelled meanwhile too: what is there, and whether it is
 * what was sent.
 */
async function verify(
  api: Api,
  payload: unknown,
  key: string,
  settings: TrytonSettings,
): Promise<Outcome<Verification>> {
  const draft = draftPayload.parse(payload)
  const facts = await learnFacts(api, settings)
  if (!facts.ok) return facts
  const sales = await salesNaming({ api, settings, context: facts.value.context }, facts.value, [
    draft.values.reference,
    key,
  ])
  if (!sales.ok) return sales
  const { cancelledBefore, expected } = draft
  return ok({
    found: sales.value.flatMap((sale) => {
      // it was copied with the reference of the one that it takes back
      if (takesBack(sale)) return []
      if (sale.state === 'cancelled' && cancelledBefore.includes(sale.id)) return []
      const matches =
        sale.state !== 'cancelled' &&
        sale.currency === expected.currency &&
        sale.lines.length === expected.lines &&
        compare(sale.totals.total, expected.total) === 0
      return [
        {
          id: sale.id,
          number: sale.number,
          matches,
          cancelled: sale.state === 'cancelled',
          says: inWords(sale, matches ? null : expected),
        },
      ]
    }),
  })
}
