/** How Shopify says no, what writes there, and which stream a query asks for: what weather must know of it. */
import { streamBy } from '../streams.ts'
import type { Manners } from '../weather.ts'

const json = { 'content-type': 'application/json; charset=utf-8' }

export const shopifyManners: Manners = {
  writes: ({ body }) => /"query":"\s*mutation(?!.*bulkOperationRun)/.test(body),
  streamOf: streamBy([
    ['orders', /\borders\(/],
    ['stock', /\binventory(?:Items|Levels)\b/],
    ['products', /\bproduct(?:s|Variants)\(/],
    ['customers', /\bcustomers\(/],
  ]),
  refuseKey: () => ({ kind: 'answer', status: 401, headers: json, body: '{"errors":"[API] Invalid API key or access token (unrecognized login or wrong password)"}' }),
  throttle: () => ({
    kind: 'answer',
    status: 200,
    headers: json,
    body: '{"errors":[{"message":"Throttled","extensions":{"code":"THROTTLED"}}],"extensions":{"cost":{"requestedQueryCost":200,"actualQueryCost":null,"throttleStatus":{"maximumAvailable":2000,"currentlyAvailable":12,"restoreRate":100}}}}',
  }),
}
