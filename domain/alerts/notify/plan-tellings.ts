import type { Alert, Silence } from '#domain/alerts/alert.ts'
import { severities } from '#domain/alerts/incident-of.ts'
import type { AlertSeverity } from '#domain/alerts/rule.ts'
import { canBeTold, keepsPages, type Channel } from './channel.ts'
import { routesFor, type Route } from './route.ts'
import type { News } from './told.ts'

/** Something that was told of an alert on a channel, or is about to be. */
export interface Telling {
  id: number
  channelId: string
  kind: TellingKind
  severity: AlertSeverity
  state: TellingState
  /** True while nobody has tried to send it. */
  isUntouched: boolean
  createdAt: Date
  sentAt: Date | null
}

export type TellingKind = 'trigger' | 'acknowledge' | 'resolve'

/** `dead` was given up; `dropped` was never sent, because what it told was over or held back before. */
export type TellingState = 'waiting' | 'sent' | 'dead' | 'dropped'

/** One alert with all that decides who is told of it. */
export interface AlertStanding {
  alert: Pick<Alert, 'clusterId' | 'severity' | 'state' | 'explainedBy' | 'firedAt'>
  incident: { acknowledgedAt: Date | null } | null
  silence: Pick<Silence, 'endsAt'> | null
  /** Maintenance of its cluster that goes on; null = none. */
  maintenance: { endsAt: Date } | null
  /** Of its cluster. */
  labels: readonly string[]
  /** The cluster was removed from the console. */
  isRemoved: boolean
  /** Of this alert, in order. */
  tellings: readonly Telling[]
  /** Channels that were told, or are about to be, by another alert of its incident that this is critical. */
  toldCritical: ReadonlySet<string>
}

export interface Planned {
  channelId: string
  kind: TellingKind
  news: News
  /** How long others may join it in one message, ms. */
  waitMs: number
}

export interface Plan {
  tell: Planned[]
  /** Not sent yet, and not to be. */
  drop: { id: number; why: string }[]
}

/**
 * What is to be told of an alert by now and was not, and what was to be told and is over: asked at every change and every few seconds. What
 * follows on something that was told to a channel that keeps pages is of the whole incident: see planPages.
 */
export function planTellings(
  standing: AlertStanding,
  { routes, channels, now }: { routes: readonly Route[]; channels: readonly Channel[]; now: Date },
): Plan {
  const { alert, silence, maintenance } = standing
  if (alert.state === 'pending') return nothing
  const known = new Map(channels.map((channel) => [channel.id, channel]))
  if (alert.state === 'resolved') return closing(standing, known)
  if (alert.explainedBy !== null) return withdraw(standing, 'An operation under way explains it.')
  if (silence !== null) return withdraw(standing, `Silent until ${silence.endsAt.toISOString()}.`)
  if (maintenance !== null) return withdraw(standing, `Maintenance until ${maintenance.endsAt.toISOString()}.`)
  const tell = new Map<string, Planned>()
  for (const route of routesFor(alert, standing.labels, routes, now)) {
    for (const each of dueBy(route, standing, known, now)) {
      if (!tell.has(each.channelId)) tell.set(each.channelId, each)
    }
  }
  return { tell: [...tell.values()], drop: [] }
}

/** Within this time the alerts of one cluster become one message, unless the first of them is critical. */
export const groupWaitMs = 30_000
/** Ends come in a row: they wait a little for each other. */
const resolveWaitMs = 10_000
/** Whoever acknowledged has had time by then. */
const acknowledgedMs = 24 * 3_600_000

const nothing: Plan = { tell: [], drop: [] }

function dueBy(route: Route, standing: AlertStanding, channels: ReadonlyMap<string, Channel>, now: Date): Planned[] {
  const { alert, incident, tellings } = standing
  const begun = tellings.filter(({ kind, state }) => kind === 'trigger' && state !== 'dropped')
  const isAcknowledged =
    incident?.acknowledgedAt != null && now.getTime() - incident.acknowledgedAt.getTime() < acknowledgedMs
  const due: Planned[] = []
  let isFirst = true
  let isFormerReached = true
  for (const [n, { afterMinutes, channelIds }] of route.steps.entries()) {
    if (!isFirst && isAcknowledged) break
    const isTime = now.getTime() >= baseOf(route, begun, alert, now).getTime() + afterMinutes * 60_000
    // Where nobody could be told, nobody needs to be waited for.
    if (!isTime && isFormerReached) break
    const isLater = n > 0 && !isAcknowledged && begun.length > 0
    for (const id of channelIds) {
      const channel = channels.get(id)
      if (!channel || !canBeTold(channel)) continue
      const news = newsFor(channel, { route, standing, begun, isLater, isAcknowledged, now })
      if (news !== null) due.push({ channelId: id, kind: 'trigger', news, waitMs: waitOf(channel, news, standing) })
    }
    isFormerReached = channelIds.some((id) => isReached(channels.get(id), lastOn(id, begun)))
    isFirst &&= !isFormerReached
  }
  return due
}

/** Whether a channel has been told, or can be expected to be. */
function isReached(channel: Channel | undefined, last: Telling | undefined): boolean {
  if (channel !== undefined && canBeTold(channel)) return last?.state !== 'dead'
  return last?.state === 'sent'
}

function lastOn(channelId: string, begun: readonly Telling[]): Telling | undefined {
  return begun.findLast((telling) => telling.channelId === channelId)
}

interface Given {
  route: Route
  standing: AlertStanding
  begun: readonly Telling[]
  isLater: boolean
  isAcknowledged: boolean
  now: Date
}

function newsFor(channel: Channel, { route, standing, begun, isLater, isAcknowledged, now }: Given): News | null {
  const { alert } = standing
  const last = lastOn(channel.id, begun)
  if (!last) {
    // Whoever looks after an incident sees what joins it; only what is critical is told all the same.
    if (isAcknowledged && alert.severity !== 'critical') return null
    return isLater ? 'escalated' : 'began'
  }
  if (rank(alert.severity) < rank(last.severity)) return 'worsened'
  const isDead = last.state === 'dead'
  const before = isDead ? last.createdAt : last.sentAt
  if (isAcknowledged || route.repeatMinutes === null || before === null) return null
  // What it was told once it keeps in mind by itself.
  if (keepsPages(channel.settings) && !isDead) return null
  return now.getTime() - before.getTime() >= route.repeatMinutes * 60_000 ? 'again' : null
}

function waitOf({ id, settings }: Channel, news: News, { alert, toldCritical }: AlertStanding): number {
  if (news === 'escalated' || news === 'worsened') return 0
  // What joins an incident of which this channel knows how bad it is follows together with what else does.
  if (alert.severity === 'critical' && (keepsPages(settings) || !toldCritical.has(id))) return 0
  return groupWaitMs
}

/** From when the minutes of later steps count: since it was first told, not since what was held back. */
function baseOf(route: Route, begun: readonly Telling[], alert: AlertStanding['alert'], now: Date): Date {
  const own = begun.filter(({ channelId }) => route.steps.some(({ channelIds }) => channelIds.includes(channelId)))
  const [first] = own
  if (first) return first.createdAt
  return (route.steps[0]?.afterMinutes ?? 0) > 0 ? (alert.firedAt ?? now) : now
}

function closing({ tellings, isRemoved }: AlertStanding, channels: ReadonlyMap<string, Channel>): Plan {
  const plan: Plan = { tell: [], drop: [] }
  for (const channelId of new Set(tellings.map(channelOf))) {
    const own = tellings.filter((telling) => telling.channelId === channelId && telling.state !== 'dropped')
    const unsent = own.filter(
      ({ kind, state, isUntouched }) => kind === 'trigger' && state === 'waiting' && isUntouched,
    )
    const why = isRemoved ? 'Its cluster was removed before it was told.' : 'It ended before it was told.'
    plan.drop.push(...unsent.map(({ id }) => ({ id, why })))
    const mayBeKnown = own.some(
      (telling) => telling.kind === 'trigger' && telling.state !== 'dead' && !unsent.includes(telling),
    )
    const channel = channels.get(channelId)
    if (!mayBeKnown || !channel?.sendsResolved || keepsPages(channel.settings)) continue
    if (own.some(({ kind }) => kind === 'resolve')) continue
    plan.tell.push({
      channelId,
      kind: 'resolve',
      news: isRemoved ? 'removed' : 'ended',
      // All that ends with a cluster ends at once.
      waitMs: isRemoved ? 0 : resolveWaitMs,
    })
  }
  return plan
}

function withdraw({ tellings }: AlertStanding, why: string): Plan {
  const unsent = tellings.filter(
    ({ kind, state, isUntouched }) => kind === 'trigger' && state === 'waiting' && isUntouched,
  )
  return { tell: [], drop: unsent.map(({ id }) => ({ id, why })) }
}

function channelOf({ channelId }: Telling): string {
  return channelId
}

function rank(severity: AlertSeverity): number {
  return severities.indexOf(severity)
}
