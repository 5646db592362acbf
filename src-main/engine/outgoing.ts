/** The machine's own way to each address: through the proxy that its settings name for it, or directly. */
import { Agent, type Dispatcher, ProxyAgent } from 'undici'

/** Asked for every request, because settings change while the engine runs. Null: directly. Never rejects. */
export type ProxyOf = (url: string) => Promise<string | null>

export function machineDispatcher(proxyOf: ProxyOf): Dispatcher {
  const direct = new Agent()
  const proxies = new Map<string, ProxyAgent>()

  function wayThrough(proxy: string): ProxyAgent {
    const agent = proxies.get(proxy) ?? new ProxyAgent(proxy)
    proxies.set(proxy, agent)
    return agent
  }

  return direct.compose((goDirectly) => (options, handler) => {
    const { origin } = options
    if (origin === undefined) return goDirectly(options, handler)
    void proxyOf(String(origin)).then((proxy) => {
      if (proxy === null || !URL.canParse(proxy)) goDirectly(options, handler)
      else wayThrough(proxy).dispatch({ ...options, origin }, handler)
    })
    return true
  })
}
