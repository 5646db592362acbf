/** The door to an Odoo: which version stands behind it, and who we are there. */
import { z } from 'zod'
import { type Outcome, failed, fault, ok } from '../../../domain/fault.ts'
import type { Api } from '../definition.ts'
import { wireId } from '../walk.ts'
import { type Door, ask, authenticate, serverVersion, speaksJson2 } from './calls.ts'
import { unknownDatabase } from './faults.ts'
import type { OdooSettings } from './settings.ts'

/**
 * A key that Odoo said no to is not sent again through the same Api: after some tries Odoo locks
 * everybody out.
 */
const refusedAt = new WeakSet<Api>()

export async function openDoor(api: Api, settings: OdooSettings): Promise<Outcome<Door>> {
  const server = await serverVersion(api)
  if (!server.ok) return server
  const door = { api, settings, server: server.value }
  if (speaksJson2(server.value)) return openByKey(door)
  if (settings.user === undefined) {
    const says = `Odoo ${server.value.version} knows its users by their login. Enter the user in the settings of the connection.`
    return failed(fault('validation', says, { path: 'user' }))
  }
  if (refusedAt.has(api)) return failed(wrongLogin('not sent: it was refused before'))
  const uid = await authenticate(api, settings)
  if (!uid.ok) return uid
  if (uid.value !== null) return ok({ ...door, uid: uid.value })
  refusedAt.add(api)
  return failed(wrongLogin('authenticate: false'))
}

async function openByKey(door: Omit<Door, 'uid'>): Promise<Outcome<Door>> {
  const call = { model: 'res.users', method: 'context_get', named: {} }
  const mine = await ask({ ...door, uid: '0' }, call, z.object({ uid: wireId }))
  if (mine.ok) return ok({ ...door, uid: mine.value.result.uid })
  // Every Odoo has users: where they are not found, their database is not.
  return mine.fault.class === 'not-found' ? failed(unknownDatabase()) : mine
}

function wrongLogin(detail: string) {
  return fault(
    'credentials',
    'Odoo did not accept this user with this API key. Enter both anew under Connections; a key belongs to one user and may have expired.',
    { status: 401, detail },
  )
}
