/** Answers about replays: preview, confirm, abandon, and what became of each. */
import type { IntentView } from '../../contract/views.ts'
import { type Intent, intentMoves } from '../../domain/intent.ts'
import { type Rooms, os } from './rooms.ts'

export function intentViewOf(intent: Intent): IntentView {
  return {
    id: intent.id,
    incident: intent.incident,
    action: intent.action,
    connection: intent.connection,
    target: intent.target,
    state: intent.state,
    guarantee: intent.guarantee,
    amount: intent.amount,
    reason: intent.reason,
    says: intent.says,
    targetId: intent.targetId,
    createdAt: intent.createdAt,
    expiresAt: intent.expiresAt,
    movedAt: intent.movedAt,
    moves: intentMoves[intent.state].flatMap((move) => (move.by === 'person' ? [move.to] : [])),
  }
}

export function replayHandlers(rooms: Rooms) {
  const { store, replays } = rooms
  const refusal = (says: string) => ({ data: { says, field: null } })
  return {
    preview: os.replays.preview.handler(async ({ input }) => {
      const previewed = await replays.preview(input.incident, input.action)
      switch (previewed.kind) {
        case 'ready':
          return {
            ...previewed,
            intent: intentViewOf(previewed.intent),
            previewHash: previewed.intent.previewHash,
            facts: [...previewed.facts],
            warnings: [...previewed.warnings],
          }
        case 'healed':
          return previewed
        case 'refused':
          return { ...previewed, guide: [...previewed.guide] }
        default:
          return previewed satisfies never
      }
    }),
    confirm: os.replays.confirm.handler(async ({ input, errors }) => {
      const confirmed = await replays.confirm(input.id, input.previewHash, input.reason)
      if ('kind' in confirmed) throw errors.REFUSED(refusal(confirmed.says))
      return intentViewOf(confirmed)
    }),
    abandon: os.replays.abandon.handler(({ input, errors }) => {
      const abandoned = replays.abandon(input.id, input.reason)
      if ('kind' in abandoned) throw errors.REFUSED(refusal(abandoned.says))
      return intentViewOf(abandoned)
    }),
    verify: os.replays.verify.handler(async ({ input, errors }) => {
      const verified = await replays.verifyAgain(input.id)
      if ('kind' in verified) throw errors.REFUSED(refusal(verified.says))
      return intentViewOf(verified)
    }),
    list: os.replays.list.handler(({ input }) => ({
      rows: store.intents.list(input.limit, input.offset).map(intentViewOf),
      total: store.intents.count(),
    })),
  }
}
