/** What weather a seed has: how its two platforms answer, how late they show what was written, and how long the business had run. */
import { type Instant, type Span, days, minutes, seconds } from '../../src-main/domain/time.ts'
import { type Climate, type Mishap, type Spell, fairClimate, roughClimate } from '../../src-main/world/wire/weather.ts'
import { dice } from './chance.ts'

type Side = 'shop' | 'erp'

export interface Skies {
  readonly climate: Readonly<Record<Side, Climate>>
  /** Points that a shop's app gets back in a second, by its plan. */
  readonly restoreRate: number
  /** How long the shop's lists do not show what was written. */
  readonly indexLag: Span
  /** What each platform's clock is ahead by, well within what anybody would call wrong. */
  readonly clockOffsetMs: Readonly<Record<Side, number>>
  /** How long the business had run before anybody watched it. */
  readonly past: Span
  /** All of it in a line, for whoever reads what a seed met. */
  readonly says: string
}

/** Standard before 2024, Standard, Advanced, Plus. */
const restoreRates = [50, 100, 200, 1000] as const
const indexLags = [0, seconds(2), seconds(15), minutes(1), minutes(4)] as const
const pasts = [0, 0, 0, days(7), days(14)] as const
/** How many times as many mishaps as in an ordinary bad neighbourhood. */
const roughnesses = [0, 0.5, 1] as const
const skewMaxMs = seconds(60)
/** A replica that lags does so for minutes, and comes back some hours later. */
const staleSpans = [minutes(3), minutes(10)] as const
const staleEvery: Span = minutes(210)
/** Spells are planned for so long: no run takes longer. */
const plannedFor: Span = days(14)

export const fairSkies: Skies = { climate: { shop: fairClimate, erp: fairClimate }, restoreRate: 1000, indexLag: 0, clockOffsetMs: { shop: 0, erp: 0 }, past: 0, says: 'fair' }

/** Everything on dice of its own: what one seed's shop is like says nothing of its ERP. */
export function skiesOf(seed: number, startsAt: Instant): Skies {
  const of = <T>(name: string, choices: readonly [T, ...T[]]): T => choices[Math.floor(dice(seed, `skies: ${name}`)() * choices.length)] ?? choices[0]
  const roughness = { shop: of('shop', roughnesses), erp: of('erp', roughnesses) }
  const stale = { shop: staleSpells(seed, 'shop', startsAt), erp: staleSpells(seed, 'erp', startsAt) }
  const restoreRate = of('restore rate', restoreRates)
  const indexLag = of('index lag', indexLags)
  const skew = (side: Side): number => Math.round((dice(seed, `skies: clock of ${side}`)() * 2 - 1) * skewMaxMs)
  const clockOffsetMs = { shop: skew('shop'), erp: skew('erp') }
  const past = of('past', pasts)
  const climateOf = (side: Side): Climate => ({ ...fairClimate, odds: timesAsMany(roughClimate.odds, roughness[side]), spells: stale[side] })
  const staleSays = (side: Side): string => {
    const [first] = stale[side]
    return first === undefined || first.to === null ? '' : `, stale for ${(first.to - first.from) / minutes(1)} min at a time`
  }
  return {
    climate: { shop: climateOf('shop'), erp: climateOf('erp') },
    restoreRate,
    indexLag,
    clockOffsetMs,
    past,
    says: [
      `shop rough × ${roughness.shop}${staleSays('shop')}, ${restoreRate} points/s, index ${indexLag / 1000} s late, clock ${clockOffsetMs.shop / 1000} s`,
      `ERP rough × ${roughness.erp}${staleSays('erp')}, clock ${clockOffsetMs.erp / 1000} s`,
      `${past / days(1)} days before`,
    ].join('; '),
  }
}

function timesAsMany(odds: Climate['odds'], times: number): Climate['odds'] {
  const many: Partial<Record<Mishap, number>> = {}
  for (const [mishap, odd] of Object.entries(odds) as [Mishap, number][]) many[mishap] = odd * times
  return many
}

/** One seed in two has a side that lags; the other side of it may as well. */
function staleSpells(seed: number, side: Side, startsAt: Instant): readonly Spell[] {
  const roll = dice(seed, `skies: stale ${side}`)
  if (roll() < 0.5) return []
  const span = staleSpans[Math.floor(roll() * staleSpans.length)] ?? staleSpans[0]
  const spells: Spell[] = []
  for (let at = startsAt + minutes(30); at < startsAt + plannedFor; at += staleEvery) {
    const from = at + Math.floor(roll() * (staleEvery - span))
    spells.push({ kind: 'stale', from, to: from + span })
  }
  return spells
}
