import { takesGroups, type Channel, type ChannelSettings } from '#domain/alerts/notify/channel.ts'
import type { Outcome } from '#domain/alerts/notify/outcome.ts'
import type { Told } from '#domain/alerts/notify/told.ts'
import { send } from '#server/adapters/notify/send.ts'
import { AppError } from '#server/errors.ts'
import type { Log } from '#server/log.ts'
import type { WorkerKeys } from '#server/store/keys.ts'
import { readChannelSecret } from '#server/store/notifications/channel-secrets.ts'
import { findChannel } from '#server/store/notifications/channels.ts'
import { takeBatch, type Due } from '#server/store/notifications/deliveries.ts'
import { readGoingOn } from '#server/store/notifications/going-on.ts'
import { holdChannel, holdMs, releaseChannel } from '#server/store/notifications/hold.ts'
import type { Store } from '#server/store/open.ts'
import { noteOutcome } from './note-outcome.ts'

export interface Delivering {
  store: Store
  keys: WorkerKeys
  /** Names this process among those that send. */
  holder: string
  publicUrl: string | null
  log: Log
  signal: AbortSignal
  /** Messages a minute on one channel. */
  mostInMinute?: number
}

/** Sends all that is due on one channel that no other worker holds; false where there is none. */
export async function deliverOnOne(delivering: Delivering): Promise<boolean> {
  const { store, holder, mostInMinute = defaultMostInMinute, log, signal } = delivering
  const channelId = await holdChannel(store, holder, mostInMinute)
  if (channelId === null) return false
  try {
    const channel = await findChannel(store.pool, channelId)
    while (channel && !signal.aborted) {
      const held = { holder, channel: { id: channelId, kind: channel.settings.kind }, mostInMinute }
      const batch = await takeBatch(store, held)
      if (batch.length === 0) break
      const goesOn = await goingOn(store, channel, batch)
      await noteOutcome({ store, log, channel, batch }, await attempt(delivering, channel, batch, goesOn))
      if (channel.settings.kind === 'slack') await restOf(slackRestMs)
    }
  } finally {
    await releaseChannel(store, holder, channelId)
  }
  return true
}

/** What came of telling a message on a channel, also where its secret cannot be used. */
export async function attempt(
  { store, keys, publicUrl, log }: Omit<Delivering, 'holder' | 'signal'>,
  channel: Channel,
  batch: readonly Pick<Due, 'id' | 'told' | 'leftTo'>[],
  goesOn: readonly Told[] = [],
): Promise<Outcome> {
  const { id: channelId, name } = channel
  const settings = narrowed(channel.settings, batch[0]?.leftTo ?? [])
  if (settings.kind === 'email' && settings.to.length === 0)
    return { kind: 'accepted', response: 'Nobody is left to tell: the channel leads to others by now.' }
  try {
    const secret = await readChannelSecret(store.pool, keys, { channelId, settings })
    const message = { told: batch.map(({ told }) => told), goesOn, consoleUrl: publicUrl, now: new Date() }
    return await send({ name, settings, secret, timeoutMs: attemptMs }, message, batch[0]?.id ?? 0)
  } catch (error) {
    if (error instanceof AppError && error.code === 'store-unreachable') throw error
    if (error instanceof AppError) return { kind: 'given-up', problem: error.message }
    // Its words are not told: nobody knows what they hold.
    log.error({ channel: name, reason: error instanceof Error ? error.name : 'unknown' }, 'a message could not be made')
    return { kind: 'later', problem: 'The worker made an error while it sent; its log says when.', retryAfterMs: null }
  }
}

/** Over before another worker may take the channel, with time to note what came of it. */
const attemptMs = holdMs - 5_000
const defaultMostInMinute = 30
/** Slack takes about one message a second. */
const slackRestMs = 1_000

/** What fires on of the group of which a message tells an end. */
async function goingOn(store: Store, { id: channelId, settings }: Channel, [first]: readonly Due[]): Promise<Told[]> {
  if (first?.kind !== 'resolve' || !takesGroups(settings)) return []
  return readGoingOn(store.pool, { channelId, clusterId: first.clusterId })
}

/** The settings of a channel that leads to those alone who are left; empty = to all. */
function narrowed(settings: ChannelSettings, leftTo: readonly string[]): ChannelSettings {
  if (settings.kind !== 'email' || leftTo.length === 0) return settings
  return { ...settings, to: settings.to.filter((address) => leftTo.includes(address)) }
}

function restOf(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
