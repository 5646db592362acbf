/** An ERP may book what the customer paid in the customer's own currency: then orders are asked for in that money. */
import type { Api, Request } from '../definition.ts'
import type { Settings } from './settings.ts'

/** Every question about orders, and what an export asks, is worded for the shop's money; aliases keep the answer's names. */
export function inTheMoneyOf(api: Api, settings: Settings): Api {
  if (settings.currency !== 'customer') return api
  return { ...api, request: (request) => api.request({ ...request, body: worded(request.body) }) }
}

function worded(body: Request['body']): unknown {
  if (typeof body !== 'object' || body === null) return body
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      if (name === 'query' && typeof value === 'string') return [name, inCustomersMoney(value)]
      return [name, name === 'variables' ? worded(value) : value]
    }),
  )
}

export function inCustomersMoney(document: string): string {
  return document
    .replaceAll('{ shopMoney {', '{ shopMoney: presentmentMoney {')
    .replaceAll(' currencyCode taxesIncluded ', ' currencyCode: presentmentCurrencyCode taxesIncluded ')
}
