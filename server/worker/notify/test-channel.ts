import { dedupKey, type Told } from '#domain/alerts/notify/told.ts'
import { AppError } from '#server/errors.ts'
import { findChannel } from '#server/store/notifications/channels.ts'
import { insertTested } from '#server/store/notifications/log.ts'
import { attempt, type Delivering } from './deliver.ts'

/** What came of a test, as the receiver said it. */
export interface TestedChannel {
  isAccepted: boolean
  answer: string
}

/** Tells a channel that nothing is wrong, once, and says what it answered. Throws AppError `not-found`. */
export async function testChannel(
  delivering: Omit<Delivering, 'holder' | 'signal'>,
  { channelId, by }: { channelId: string; by: string },
): Promise<TestedChannel> {
  const channel = await findChannel(delivering.store.pool, channelId)
  if (!channel) throw new AppError('not-found', 'There is no such channel any more.')
  const now = new Date()
  const told: Told = {
    key: dedupKey({ clusterId: 'test', ruleId: 'test', subject: channelId }),
    alertId: channelId,
    ruleId: 'test',
    title: 'Test of the channel',
    subject: channel.name,
    member: null,
    clusterId: 'test',
    cluster: 'test',
    labels: [],
    cause: 'console',
    severity: 'info',
    sentence: `${by} tests whether what Matriarch tells arrives here. Nothing is wrong.`,
    news: 'test',
    since: now,
    resolvedAt: null,
    incident: null,
    acknowledgedBy: null,
    runbook: null,
    peak: null,
  }
  const outcome = await attempt(delivering, channel, [{ id: now.getTime(), told, leftTo: [] }])
  // What was begun for a test is ended with it.
  if (outcome.kind === 'accepted' && channel.settings.kind === 'pagerduty') {
    await attempt(delivering, channel, [
      { id: 0, told: { ...told, news: 'ended', resolvedAt: new Date() }, leftTo: [] },
    ])
  }
  const tested =
    outcome.kind === 'accepted'
      ? { isAccepted: outcome.missed === undefined, answer: outcome.missed?.problem ?? outcome.response }
      : { isAccepted: false, answer: outcome.problem }
  await insertTested(delivering.store.pool, { channelId, told, outcome: tested })
  return tested
}
