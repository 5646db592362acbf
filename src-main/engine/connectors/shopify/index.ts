/** Shopify, read through its Admin GraphQL API in version 2026-07; written there are a stock figure, and a parcel that it was not told of. */
import { defineConnector } from '../definition.ts'
import { stockSet } from './actions.ts'
import { check } from './check.ts'
import { faultOf, holdOf } from './faults.ts'
import { authorise } from './session.ts'
import {
  type Settings,
  baseUrl,
  secretFields,
  secretSets,
  settingsFields,
  settingsSchema,
} from './settings.ts'
import { streams } from './streams.ts'
import { statusPush } from './tell.ts'

export const shopify = defineConnector<Settings>({
  id: 'shopify',
  label: 'Shopify',
  role: 'shop',
  settings: settingsSchema,
  settingsFields,
  secretFields,
  secretSets,
  // Shopify counts points, not requests: how long to wait it tells with each answer
  limits: { concurrent: 2, perMinute: 600, answerBytesMax: 20 * 1024 * 1024 },
  baseUrl,
  authorise,
  faultOf,
  holdOf,
  check,
  streams,
  actions: [stockSet, statusPush],
})
