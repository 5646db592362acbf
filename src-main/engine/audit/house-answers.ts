/** Points about how the integration is watched, who answers for it, and how safely its keys and data are kept. */
import type { AuditPointId } from '../../domain/audit-points.ts'
import { faultClasses } from '../../domain/fault.ts'
import type { OwnedDomain } from '../../domain/ownership.ts'
import { days } from '../../domain/time.ts'
import { type Answer, type Answered, answered, grouped, isOn, openOf, plural, unjudgedOf, watched } from './answer.ts'
import type { AuditFacts, ConnectionFacts } from './page-facts.ts'
import { alerts } from './seam-answers.ts'

/** After so long a key should be another one. */
const renewedWithin = days(365)

const changedOutside = ['F09-product-changed-outside', 'F09-document-changed-outside', 'F09-customer-changed-outside']

export const houseAnswers: Readonly<Partial<Record<AuditPointId, Answer>>> = {
  'recovery-dashboard': (facts) => dashboard(facts),
  'control-dashboard': (facts) => dashboard(facts),
  'recovery-queue': (facts) => queue(facts),
  'recovery-owners': (facts) => owners(facts),
  'control-owners': (facts) => owners(facts),
  'recovery-replay': (facts) => replaying(facts),
  'control-replay': (facts) => replaying(facts),
  'recovery-trail': (facts) => trail(facts),
  'security-trail': (facts) => trail(facts),
  'control-classes': (facts) => classes(facts),
  'control-thresholds': (facts) => alerts(facts),
  'control-override': (facts) => overrides(facts),
  'control-escalation': (facts) => escalation(facts),
  'safety-secrets': (facts) => secrets(facts),
  'security-credentials': (facts) => secrets(facts),
  'security-transport': (facts) => transport(facts),
  'safety-limits': (facts) => limits(facts),
  'security-limits': (facts) => limits(facts),
  'safety-rights': (facts) => rights(facts),
  'security-rights': (facts) => rights(facts),
  'safety-retention': (facts) => retention(facts),
  'security-privacy': (facts) => retention(facts),
}

function dashboard({ connections, orders24h, notJudged, pairs }: AuditFacts): Answered | null {
  if (connections.length === 0) return answered('no', 'Nothing is connected yet.', 'connections')
  const blind = connections.filter((one) => one.state !== 'ok')
  const counted = `${plural(orders24h, 'order')} in the last day, ${plural([...notJudged.values()].reduce((sum, count) => sum + count, 0), 'judgement')} waiting`
  const unwatched = pairs.flatMap((pair) => (pair.graveOff.length === 0 ? [] : [`${pair.label}: ${pair.graveOff.join(', ')}`]))
  if (unwatched.length > 0) return answered('partly', `What weighs most is not watched everywhere, as rules are switched off. ${unwatched.join('; ')}.`, 'rules')
  if (blind.length === 0) return answered('yes', `Every connection is read: ${counted}.`, 'overview')
  return answered('partly', `${blind.map((one) => one.label).join(', ')} ${blind.length === 1 ? 'is' : 'are'} not read as it should be; ${counted}.`, 'connections')
}

function queue({ connections, open, closed30d }: AuditFacts): Answered | null {
  if (connections.length === 0) return null
  const total = [...open.values()].reduce((sum, count) => sum + count, 0)
  const aside = connections.reduce((sum, one) => sum + one.setAside, 0)
  return answered('yes', `${plural(total, 'incident')} ${total === 1 ? 'is' : 'are'} open in the queue, and ${plural(aside, 'row')} that could not be read ${aside === 1 ? 'is' : 'are'} set aside. In the last thirty days ${grouped(closed30d.evidence)} ${closed30d.evidence === 1 ? 'was' : 'were'} closed by what both sides show${closed30d.ruleOff === 0 ? '' : `, and ${grouped(closed30d.ruleOff)} because nobody looks any more: a rule was switched off`}.`, 'incidents')
}

function owners({ people, roles, ownedRules }: AuditFacts): Answered | null {
  if (people === 0) return null
  const named = `${plural(people, 'person', 'people')} and ${plural(roles, 'role')}`
  if (people + roles === 1) return answered('partly', 'Everything belongs to one person, and nobody stands in.', 'rules')
  if (ownedRules === 0) return answered('partly', `${named} are named, and all rules answer to the one by default.`, 'rules')
  return answered('yes', `${named} are named; ${plural(ownedRules, 'rule')} ${ownedRules === 1 ? 'has an owner of its own, the others answer' : 'have owners of their own, the others answer'} to the one by default.`, 'rules')
}

function replaying({ repairs, replays }: AuditFacts): Answered {
  const on = Object.values(repairs).filter(Boolean).length
  const done = `${plural(replays.total, 'replay')}, ${replays.verified} proven`
  if (replays.unclear > 0) return answered('partly', `${plural(replays.unclear, 'replay')} of ${replays.total} ended unclear, and ${replays.unclear === 1 ? 'waits' : 'wait'} for a person to look.`, 'replays')
  if (on === 0) return answered('partly', `Each is previewed, written down before it is sent and proven after; all repairs are switched off (${done}).`, 'settings')
  return answered('yes', `Each is previewed, written down before it is sent and proven after (${done}).`, 'replays')
}

/** Whose changes a trail of the business is asked for, and as people say it. */
const critical: readonly (readonly [OwnedDomain, string])[] = [['order', 'orders'], ['invoice', 'invoices'], ['customer', 'customers']]

function trail(facts: AuditFacts): Answered {
  const { trail: kept, open, pairs } = facts
  if (!kept.intact) return answered('no', `The trail of this app was tampered with. ${kept.says}`, 'audit')
  const nameless = open.get('F09-document-without-identity') ?? 0
  const outside = openOf({ open }, changedOutside)
  const own = `This app’s trail is whole, ${plural(kept.entries, 'entry', 'entries')}.`
  if (nameless > 0) return answered('partly', `${own} ${plural(nameless, 'document')} of the ERP ${nameless === 1 ? 'does' : 'do'} not say who made ${nameless === 1 ? 'it' : 'them'}.`, 'incidents', 'F09-document-without-identity')
  if (outside > 0) return answered('partly', `${own} ${plural(outside, 'change')} came from where ${outside === 1 ? 'it' : 'they'} should not.`, 'incidents', 'F09-document-changed-outside')
  const nobodys = critical.flatMap(([domain, what]) => (pairs.some(({ settings }) => settings.owners[domain] !== undefined) ? [] : [what]))
  if (nobodys.length > 0) return answered('partly', `${own} No pair says who owns ${nobodys.join(', ')}: who makes or changes them is not judged.`, 'connections')
  const some = pairs.filter(({ settings }) => critical.some(([domain]) => settings.owners[domain] === undefined))
  if (some.length > 0) return answered('partly', `${own} ${some.map((pair) => pair.label).join(', ')} ${some.length === 1 ? 'does' : 'do'} not say who owns all of ${critical.map(([, what]) => what).join(', ')}.`, 'connections')
  const watching = ['F09-document-without-identity', ...changedOutside]
  if (pairs.some((pair) => watching.some((rule) => !isOn(pair, rule)))) return answered('partly', `${own} Not all of the rules that look at who made and changed what are switched on.`, 'rules')
  const waiting = unjudgedOf(facts, watching)
  if (waiting > 0) return answered('partly', `${own} Who made and changed what could not be judged yet ${plural(waiting, 'time')}.`, 'overview')
  return answered('yes', `${own} Documents say who made them, and changes came from their owners.`, 'audit')
}

function classes({ connections }: AuditFacts): Answered | null {
  if (connections.length === 0) return null
  const counts = faultClasses.flatMap((name) => {
    const count = connections.reduce((sum, one) => sum + (one.faults24h[name] ?? 0), 0)
    return count === 0 ? [] : [`${name} ${grouped(count)}`]
  })
  const calls = connections.reduce((sum, one) => sum + one.calls24h, 0)
  const said = counts.length === 0 ? 'none failed' : counts.join(', ')
  return answered('yes', `Every failed call is of one of ${faultClasses.length} classes, each with owner and deadline. Of ${plural(calls, 'call')} in the last day: ${said}.`, 'rules')
}

function overrides({ overrides90d, trail: kept }: AuditFacts): Answered {
  if (!kept.intact) return answered('no', `The trail was tampered with. ${kept.says}`, 'audit')
  return answered('yes', `What is done by hand is written down with who, what and why: ${plural(overrides90d, 'time')} in the last three months.`, 'audit')
}

function escalation({ channels, late }: AuditFacts): Answered {
  const past = late === 0 ? 'Nothing is past its deadline.' : `${plural(late, 'incident')} ${late === 1 ? 'is' : 'are'} past ${late === 1 ? 'its' : 'their'} deadline.`
  if (channels.length === 0) return answered('partly', `Every incident has a deadline; there is no channel to escalate to. ${past}`, 'settings')
  return answered(late === 0 ? 'yes' : 'partly', `Every incident has a deadline, and goes to ${channels.join(', ')} when nobody reacts. ${past}`, late === 0 ? 'settings' : 'incidents', late === 0 ? null : 'F12-past-sla')
}

function secrets({ connections, now }: AuditFacts): Answered | null {
  const kept = connections.filter((one) => one.secret !== null)
  if (kept.length === 0) return null
  const loose = kept.filter((one) => one.secret === 'memory')
  if (loose.length > 0) return answered('no', `There is no keychain here: keys of ${names(loose)} are kept in memory only.`, 'connections')
  const old = kept.filter((one) => one.secretSetAt !== null && now - one.secretSetAt > renewedWithin)
  if (old.length > 0) return answered('partly', `The keys of ${names(old)} are older than a year.`, 'connections')
  const outside = kept.filter((one) => one.secret === 'environment')
  if (outside.length > 0) return answered('partly', `Keys of ${names(outside)} come from environment variables; the others lie in the keychain.`, 'connections')
  return answered('yes', `All ${plural(kept.length, 'key')} lie in the keychain of this computer, and none is older than a year.`, 'connections')
}

function transport({ connections }: AuditFacts): Answered | null {
  if (connections.length === 0) return null
  const here = connections.filter((one) => one.transport === 'this computer')
  const others = connections.length - here.length
  const said = [others === 0 ? [] : `${plural(others, 'connection')} over TLS`, here.length === 0 ? [] : `${plural(here.length, 'connection')} that ${here.length === 1 ? 'stays' : 'stay'} on this computer`].flat()
  return answered('yes', `${said.join(', ')}; anything else is refused. What shop and ERP say to each other is not seen from here.`, 'connections')
}

function limits(facts: AuditFacts): Answered | null {
  const calls = facts.connections.reduce((sum, one) => sum + one.calls24h, 0)
  if (calls === 0) return null
  const slowed = facts.connections.reduce((sum, one) => sum + (one.faults24h['rate-limited'] ?? 0), 0)
  const share = Math.round((1000 * slowed) / calls) / 10
  const says = `${plural(slowed, 'call')} of ${grouped(calls)} in the last day ${slowed === 1 ? 'was' : 'were'} told to wait (${share} %); readings wait and go on, and nothing is lost by it.`
  const told = watched(facts, { rules: ['F03-failed-calls'], fine: says, found: () => `${says} Too many calls fail just now.`, meansThen: 'partly' })
  return told?.answer === 'partly' ? told : answered(share <= 5 ? 'yes' : 'partly', says, 'overview')
}

function rights({ repairs, connections }: AuditFacts): Answered | null {
  if (connections.length === 0) return null
  const on = Object.values(repairs).filter(Boolean).length
  const own = on === 0 ? 'This app writes nothing: all repairs are off.' : `This app may write for ${plural(on, 'repair')}, after a person confirms.`
  return answered(null, `${own} A test of each connection shows what its key may do; what the integration’s own users may do is yours to say.`, 'connections')
}

function retention({ retentionDays }: AuditFacts): Answered {
  return answered(null, `This app keeps history for ${plural(retentionDays, 'day')} and no personal data that no rule needs; the shop’s and the ERP’s own rules are yours to say.`, 'settings')
}

function names(connections: readonly ConnectionFacts[]): string {
  return connections.map((one) => one.label).join(', ')
}
