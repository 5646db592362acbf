/** Sample replays: a preview that may be confirmed, one that healed, one that is refused, and a list in every state. */
import type { IncidentRow, IntentView, PreviewView } from '../../../src-main/contract/views.ts'
import { type IntentState, intentMoves, intentStates } from '../../../src-main/domain/intent.ts'
import { type Scene, erp } from './scene.ts'

export function movesOf(state: IntentState): IntentView['moves'] {
  return intentMoves[state].filter((move) => move.by === 'person').map((move) => move.to)
}

const words: Readonly<Record<IntentState, string>> = {
  previewed: 'Ready to be sent, once confirmed.',
  confirmed: 'Confirmed; waits for its turn.',
  sending: 'Sent; Tryton is asked whether it arrived.',
  verified: 'Found once in Tryton as draft SO-48213.',
  absent: 'Proven not to have arrived. It may be sent again with the same key.',
  unclear: 'Tryton did not answer in time. Look there for the reference before anything else.',
  refused: 'Tryton refused it: the customer is not known there.',
  stale: 'The order changed after the preview. Preview it again.',
  expired: 'Nobody confirmed it within 15 minutes.',
}

export function anIntent(row: IncidentRow, state: IntentState, scene: Scene, more: Partial<IntentView> = {}): IntentView {
  return {
    id: `replay-${row.id}`,
    incident: row.id,
    action: 'order.create',
    connection: erp.id,
    target: row.subject.key,
    state,
    guarantee: 'probe-then-create',
    amount: row.amount,
    reason: state === 'previewed' || state === 'expired' ? null : 'Customer called; the integration lost it during the outage on Sunday night.',
    says: words[state],
    targetId: state === 'verified' ? '48213' : null,
    createdAt: scene.now - 240_000,
    expiresAt: scene.now + 660_000,
    movedAt: scene.now - 180_000,
    moves: movesOf(state),
    ...more,
  }
}

export function sampleReplays(rows: readonly IncidentRow[], scene: Scene): IntentView[] {
  return rows.slice(5, 5 + intentStates.length * 2).map((row, index) => {
    const at = scene.now - index * 7_300_000 - 180_000
    return anIntent(row, intentStates[index % intentStates.length] ?? 'verified', scene, { createdAt: at - 60_000, movedAt: at })
  })
}

export function aPreview(row: IncidentRow, intent: IntentView, scene: Scene): PreviewView {
  const turn = Number.parseInt(row.id.split('-').at(-1) ?? '0', 10) % 4
  if (turn === 2) return { kind: 'healed', says: `Order ${row.subject.key} has reached the ERP in the meantime, as SO-48209. Nothing is left to repair.` }
  if (turn === 3) {
    return {
      kind: 'refused',
      says: 'The customer of this order is not known in Tryton, and customers are never created from here.',
      guide: ['Open Party → Parties in Tryton and create the customer.', 'Put the shop’s customer number into its code.', 'Come back and preview again.'],
    }
  }
  return {
    kind: 'ready',
    intent,
    previewHash: '9f2c4e1b7a',
    payload: JSON.stringify(
      { reference: row.subject.key, party: 10_442, state: 'draft', lines: [{ product: 'NL-TENT-3P-GRN', quantity: '1', unit_price: '412.6050' }, { product: 'Shipping', quantity: '1', unit_price: '7.4370' }] },
      null,
      2,
    ),
    facts: [
      { label: 'Reference', value: row.subject.key },
      { label: 'Customer', value: '10442 Wiśniewska-Papadopoulou & Söhne Expeditionsausrüstung GmbH & Co. KG' },
      { label: 'Lines', value: '2, of them 1 shipping' },
      { label: 'Total', value: '499.85 EUR, as in the shop' },
      { label: 'State', value: 'Draft' },
    ],
    warnings: ['The shop’s own integration may still send it: its retry window ends at 14:32.'],
    priceOfBeingWrong: 'A second draft order in Tryton, which a person has to cancel. Nothing is shipped or invoiced from a draft.',
    notBefore: turn === 1 ? scene.now + 95_000 : null,
  }
}
