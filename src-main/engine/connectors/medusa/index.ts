/** Medusa 2, read through its admin API (read and tried with 2.21.2). */
import { failed, fault, ok } from '../../../domain/fault.ts'
import { Secret } from '../../../domain/secret.ts'
import { defineConnector } from '../definition.ts'
import { check } from './check.ts'
import { secretFields, settingsFields, settingsSchema } from './settings.ts'
import { streams } from './streams.ts'

export const medusa = defineConnector({
  id: 'medusa',
  label: 'Medusa',
  role: 'shop',
  settings: settingsSchema,
  settingsFields,
  secretFields,
  // Medusa limits nothing itself; this leaves it room for its customers.
  limits: { concurrent: 2, perMinute: 600, answerBytesMax: 50 * 1024 * 1024 },

  /** People copy the address of the admin pages; the API is beside them. */
  baseUrl: (settings) => `${settings.baseUrl.replace(/\/+(?:app|admin)?\/*$/, '')}/`,

  /** The secret key is the user of HTTP Basic, with an empty password; as Bearer it is refused. */
  async authorise({ secrets }) {
    const key = secrets['apiKey']?.reveal().trim() ?? ''
    if (key === '')
      return failed(
        fault(
          'credentials',
          'The secret API key of Medusa is not set. Enter it under Connections.',
        ),
      )
    if (key.startsWith('pk_')) {
      return failed(
        fault(
          'credentials',
          'This is a publishable key (pk_), which cannot read orders. Enter a secret key (sk_) of Medusa.',
        ),
      )
    }
    return ok({
      authorization: new Secret(`Basic ${Buffer.from(`${key}:`, 'utf8').toString('base64')}`),
    })
  },

  /** 409 is Medusa's "conflicted with another request": it passes by itself (framework, error handler). */
  faultOf({ status }) {
    if (status !== 409) return null
    return fault(
      'temporary',
      'Medusa was busy with another request on the same data. Reading goes on by itself.',
      { status },
    )
  },

  check,
  streams,
  actions: [],
})
