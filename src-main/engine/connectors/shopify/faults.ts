/** What Shopify says is wrong: most of it comes with status 200 and a list of errors in the body. */
import { z } from 'zod'
import { type Fault, fault } from '../../../domain/fault.ts'
import { type Span, seconds } from '../../../domain/time.ts'
import type { ConnectorDefinition } from '../definition.ts'
import { wireDecimal, wireOptional } from '../wire.ts'

const errorsIn = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(
      z.object({
        message: z.string(),
        path: wireOptional(z.array(z.string())),
        extensions: wireOptional(
          z.object({ code: wireOptional(z.string()), requiredAccess: wireOptional(z.string()) }),
        ),
      }),
    )
    .min(1),
})
type WireError = z.output<typeof errorsIn>['errors'][number]

const costIn = z.object({
  extensions: z.object({
    cost: z.object({
      requestedQueryCost: wireDecimal,
      throttleStatus: z.object({ currentlyAvailable: wireDecimal, restoreRate: wireDecimal }),
    }),
  }),
})

/**
 * How long until the bucket holds what the last query asked for: what is asked next costs about the same, and Shopify
 * lets a query in only when its whole requested cost is there (shopify.dev, rate limits).
 */
export function holdOf(json: unknown): Span {
  const read = costIn.safeParse(json)
  if (!read.success) return 0
  const { requestedQueryCost, throttleStatus } = read.data.extensions.cost
  // points, not money: a float is good enough to wait by
  const lacking = Number(requestedQueryCost) - Number(throttleStatus.currentlyAvailable)
  const rate = Number(throttleStatus.restoreRate)
  return lacking <= 0 || rate <= 0 ? 0 : Math.ceil(seconds(lacking / rate))
}

/** Where Shopify keeps people's facts to itself, the rest of the order is still true: these may be missing. */
const personal = new Set([
  'email',
  'customer',
  'purchasingEntity',
  'shippingAddress',
  'defaultEmailAddress',
])

export const faultOf: NonNullable<ConnectorDefinition['faultOf']> = ({ status, json }) => {
  if (status === 402 || status === 423) return frozen(status)
  if (status !== 200) return null
  const read = errorsIn.safeParse(json)
  if (!read.success) return null
  const { data, errors } = read.data
  const bare = errors.every(
    (one) =>
      codeOf(one) === 'ACCESS_DENIED' && one.path?.some((part) => personal.has(part)) === true,
  )
  if (bare && typeof data === 'object' && data !== null) return null
  const worst = errors.find((one) => codeOf(one) !== 'ACCESS_DENIED') ?? errors[0]
  return worst === undefined ? null : faultOfError(worst, json)
}

function faultOfError(error: WireError, json: unknown): Fault {
  const code = codeOf(error)
  const detail = `${code === '' ? 'error' : code} at ${error.path?.join('.') ?? '?'}: ${error.message}`
  switch (code) {
    case 'THROTTLED':
      return fault(
        'rate-limited',
        'Shopify asked us to slow down. Reading goes on by itself after a short pause.',
        {
          detail,
          retryAfterMs: Math.max(seconds(1), holdOf(json)),
        },
      )
    case 'ACCESS_DENIED':
      return fault(
        'permission',
        `Shopify does not let this app at that. It wants: ${wantedIn(error)} Add it to the app’s scopes and install the app anew.`,
        { detail },
      )
    case 'SHOP_INACTIVE':
      return { ...frozen(200), detail }
    case 'INTERNAL_SERVER_ERROR':
    case 'TIMEOUT':
      return fault(
        'temporary',
        'Shopify had trouble answering just now. Reading goes on by itself.',
        { detail },
      )
    case 'MAX_COST_EXCEEDED':
      return fault(
        'validation',
        'Shopify found a question of ours too big to answer. Tell support.',
        { detail },
      )
    default:
      return fault(
        'validation',
        'Shopify did not understand a question of this version of Plumbline. Update Plumbline, or tell support.',
        { detail },
      )
  }
}

function codeOf(error: WireError): string {
  return error.extensions?.code ?? ''
}

/** The scope in Shopify's own words, as it stands in the error or in its message. */
function wantedIn(error: WireError): string {
  const stated =
    error.extensions?.requiredAccess ?? /Required access: (.*)$/.exec(error.message)?.[1]
  const words = (stated ?? 'a right that it does not name').replaceAll('`', '').trim().slice(0, 200)
  return words.endsWith('.') ? words : `${words}.`
}

function frozen(status: number): Fault {
  return fault(
    'permission',
    'Shopify has locked this shop: it is frozen, paused or closed. Nothing can be read until its owner has settled that with Shopify.',
    { status },
  )
}
