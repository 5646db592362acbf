/** What the world's weather is for one of its platforms, as whoever serves it asks. */
import type { World } from '../world.ts'
import type { Outlook } from './weather.ts'

export function outlookOf({ weather }: World, side: 'shop' | 'erp'): Outlook {
  const isShop = side === 'shop'
  return {
    down: isShop ? weather.shopDown : weather.erpDown,
    throttled: isShop ? weather.shopThrottled : weather.erpThrottled,
    refusesKey: isShop ? weather.shopRefusesKey : weather.erpRefusesKey,
    errorShare: weather.errorShare[side],
    silenceShare: weather.silenceShare[side],
    streamDown: weather.streamDown[side],
    streamSlowMs: weather.streamSlowMs[side],
    clockOffsetMs: weather.clockOffsetMs[side],
  }
}
