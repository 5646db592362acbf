// One JSON request to a server on loopback; anything but success throws with what the server said.
export async function json(method, url, { headers = {}, body } = {}) {
  const response = await fetch(url, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${text.slice(0, 400)}`)
  return text === '' ? {} : JSON.parse(text)
}

/** The value of an environment variable that env.sh sets. */
export function env(name) {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: run this through test/real/up.sh, or source test/real/env.sh first`)
  return value
}
