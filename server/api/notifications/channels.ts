import type { Channel, ChannelSettings } from '#domain/alerts/notify/channel.ts'
import { channelFaults } from '#domain/alerts/notify/channel-faults.ts'
import { listNames } from '#domain/words.ts'
import { AppError } from '#server/errors.ts'
import { ask } from '#server/store/inquiries.ts'
import { readBeatsOfChannels } from '#server/store/notifications/beats.ts'
import { putChannelSecret } from '#server/store/notifications/channel-secrets.ts'
import {
  deleteChannel,
  findChannel,
  insertChannel,
  listChannels,
  updateChannel,
} from '#server/store/notifications/channels.ts'
import { listRoutes, lockRoutes } from '#server/store/notifications/routes.ts'
import type { Store } from '#server/store/open.ts'
import type { Queryable } from '#server/store/queryable.ts'
import { demandAllowance } from '../allowance.ts'
import type { CommandContext } from '../trpc.ts'

export interface ShownChannel extends Channel {
  /** Of a heartbeat: when it was last accepted, and why it was not since. */
  beatAt: Date | null
  beatProblem: string | null
}

export interface ChannelTest {
  isAccepted: boolean
  /** What the receiver said, or why it said nothing. */
  answer: string
}

interface Draft {
  name: string
  settings: ChannelSettings
  sendsResolved: boolean
  isPaused: boolean
  secret?: string | undefined
}

/** All channels, without their secrets. */
export async function showChannels(store: Store): Promise<ShownChannel[]> {
  const [channels, beats] = await Promise.all([listChannels(store.pool), readBeatsOfChannels(store)])
  return channels.map((channel) => ({ ...channel, ...(beats.get(channel.id) ?? { beatAt: null, beatProblem: null }) }))
}

/** Adds a channel. Throws AppError `invalid` by field, or `conflict`. */
export async function addChannel({ act }: CommandContext, draft: Draft): Promise<Channel> {
  act.on({ target: draft.name, cluster: null, reason: null, detail: { after: shown(draft) } })
  refuseFaulty(draft, false)
  return act.commit(async (tx) => {
    const channel = await insertChannel(tx, draft, act.actor.name)
    if (draft.secret === undefined || draft.secret === '') return channel
    await putChannelSecret(tx, { channelId: channel.id, settings: draft.settings, secret: draft.secret })
    return { ...channel, hasSecret: true }
  })
}

/** Changes a channel; its kind stays. A secret goes only where it was typed for: with another place it is typed again. */
export async function changeChannel(
  { act, services: { store } }: CommandContext,
  { channel: name, draft }: { channel: string; draft: Draft },
): Promise<Channel> {
  act.on({ target: name, cluster: null, reason: null, detail: { after: shown(draft) } })
  const before = await needChannel(store.pool, name)
  act.on({ target: before.name, cluster: null, reason: null, detail: { before: shown(before), after: shown(draft) } })
  if (before.settings.kind !== draft.settings.kind)
    throw new AppError('refused', 'A channel cannot become one of another kind: add a new one.')
  refuseFaulty(draft, before.hasSecret && draft.secret !== '')
  return act.commit(async (tx) => {
    const channel = await updateChannel(tx, before.id, draft)
    if (draft.secret === undefined) return channel
    await putChannelSecret(tx, { channelId: channel.id, settings: draft.settings, secret: draft.secret })
    return { ...channel, hasSecret: draft.secret !== '' }
  })
}

/** Forgets a channel with its log. Throws AppError `refused` while a route leads to it. */
export async function removeChannel({ act }: CommandContext, name: string): Promise<{ name: string }> {
  act.on({ target: name, cluster: null, reason: null })
  return act.commit(async (tx) => {
    await lockRoutes(tx)
    const channel = await needChannel(tx, name)
    act.on({ target: channel.name, cluster: null, reason: null, detail: { before: shown(channel) } })
    const used = (await listRoutes(tx)).flatMap(({ steps }, n) =>
      steps.some(({ channelIds }) => channelIds.includes(channel.id)) ? [`${n + 1}`] : [],
    )
    if (used.length > 0)
      throw new AppError('refused', `Route ${listNames(used)} leads to ${channel.name}: change it first.`)
    await deleteChannel(tx, channel.id)
    return { name: channel.name }
  })
}

/** Sends a test from a worker and says what the receiver answered. */
export async function testChannel(context: CommandContext, name: string): Promise<ChannelTest> {
  const { act, services } = context
  const { store } = services
  act.on({ target: name, cluster: null, reason: null })
  const channel = await needChannel(store.pool, name)
  act.on({ target: channel.name, cluster: null, reason: null })
  await demandAllowance(context, 'tests of a channel')
  await act.commit(async () => {})
  const input = { channelId: channel.id, by: act.actor.name }
  const answer = await ask(store, { kind: 'test-channel', input, sealed: null, askedBy: act.actor.name }, testWithinMs)
  if (isTest(answer)) return answer
  throw new AppError('internal', 'The worker answered in a way that this console does not know.')
}

/** The channel of a name or id; throws AppError `not-found`. */
export async function needChannel(on: Queryable, name: string): Promise<Channel> {
  const channel = await findChannel(on, name)
  if (!channel) throw new AppError('not-found', `There is no channel ${name}.`)
  return channel
}

const testWithinMs = 28_000

function isTest(answer: unknown): answer is ChannelTest {
  return typeof answer === 'object' && answer !== null && 'isAccepted' in answer && 'answer' in answer
}

function refuseFaulty({ settings, secret }: Draft, hasSecret: boolean): void {
  const fields = channelFaults(settings, secret === undefined || secret === '' ? null : secret, hasSecret)
  const [first] = fields
  if (first) throw new AppError('invalid', first.sentence, { fields })
}

/** What the audit keeps: whether a secret was typed, never the secret. */
function shown({ name, settings, sendsResolved, isPaused, ...rest }: Draft | Channel) {
  const isSecretTyped = 'secret' in rest && rest.secret !== undefined
  return { name, settings: withoutUser(settings), sendsResolved, isPaused, ...(isSecretTyped && { isSecretTyped }) }
}

// An address with a password in it is refused, and what is refused is recorded.
function withoutUser(settings: ChannelSettings): ChannelSettings {
  return 'url' in settings ? { ...settings, url: settings.url.replace(/\/\/\S*@/, '//…@') } : settings
}
