// The seed's own session with the shop: its administrator's token, and calls that carry it.
import { env, json } from '../common/http.mjs'

export async function adminSession() {
  const base = env('MEDUSA_URL')
  const { token } = await json('POST', `${base}/auth/user/emailpass`, { body: { email: env('MEDUSA_ADMIN_EMAIL'), password: env('MEDUSA_ADMIN_PASSWORD') } })
  const headers = { authorization: `Bearer ${token}` }
  return {
    get: (path) => json('GET', base + path, { headers }),
    post: (path, body = {}) => json('POST', base + path, { headers, body }),
    /** as the storefront: no token, but the publishable key that names its sales channel */
    storefront: (key) => (path, body = {}) => json('POST', base + path, { headers: { 'x-publishable-api-key': key }, body }),
  }
}
