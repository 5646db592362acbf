/** Who we are to Shopify: a lasting token, or one that is asked for with the app's own secret and lives a day. */
import { z } from 'zod'
import { type Outcome, failed, fault, ok } from '../../../domain/fault.ts'
import { Secret } from '../../../domain/secret.ts'
import { minutes, seconds } from '../../../domain/time.ts'
import type { ConnectorDefinition } from '../definition.ts'
import { wireInteger } from '../wire.ts'
import type { Settings } from './settings.ts'

const header = 'x-shopify-access-token'
/** Asked anew so long before its end, so that no write meets a token that has just run out. */
const renewBefore = minutes(10)

const grant = z.object({ access_token: z.string().min(1), expires_in: wireInteger.optional() })

type Authorise = ConnectorDefinition<Settings>['authorise']

export const authorise: Authorise = async ({ secrets, session, signIn, now }) => {
  const token = secrets['accessToken']?.reveal().trim() ?? ''
  if (token !== '') return ok({ [header]: new Secret(token) })
  const id = secrets['clientId']?.reveal().trim() ?? ''
  const secret = secrets['clientSecret']?.reveal().trim() ?? ''
  if (id === '' || secret === '') {
    const says =
      'Neither a client ID with its secret nor an access token of Shopify is set. Enter them under Connections.'
    return failed(fault('credentials', says))
  }
  const kept = session.get('token')
  const endsAt = Number(session.get('ends')?.reveal() ?? '0')
  if (kept !== undefined && now() < endsAt - renewBefore) return ok({ [header]: kept })
  const granted = await askForToken(signIn, id, secret)
  if (!granted.ok) return granted
  session.set('token', new Secret(granted.value.token))
  session.set('ends', new Secret(String(now() + granted.value.lifeMs)))
  return ok({ [header]: new Secret(granted.value.token) })
}

/** The client-credentials grant (shopify.dev): there is no refresh token, one just asks again. */
async function askForToken(
  signIn: Parameters<Authorise>[0]['signIn'],
  id: string,
  secret: string,
): Promise<Outcome<{ readonly token: string; readonly lifeMs: number }>> {
  const answer = await signIn({
    method: 'POST',
    path: 'admin/oauth/access_token',
    body: { grant_type: 'client_credentials', client_id: id, client_secret: secret },
    reads: true,
  })
  if (!answer.ok) {
    const { class: because, status } = answer.fault
    if (because !== 'validation' && because !== 'permission' && because !== 'credentials')
      return answer
    const says =
      'Shopify gave no access for this client ID and secret. The app must belong to the same organisation as the shop and be installed on it; check both under Connections.'
    return failed({ ...answer.fault, class: 'credentials', says, status })
  }
  const read = grant.safeParse(answer.value.json)
  if (!read.success) {
    const says =
      'Shopify answered the login with something that this version of Plumbline does not know. Tell support.'
    return failed(
      fault('unexpected-shape', says, {
        path: 'access_token',
        detail: 'POST admin/oauth/access_token',
      }),
    )
  }
  return ok({ token: read.data.access_token, lifeMs: seconds(read.data.expires_in ?? 86_399) })
}
