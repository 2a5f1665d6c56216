import { standStill } from '#domain/alerts/catalogue/console-rules.ts'
import { readBeats } from '#server/store/alerts/beats.ts'
import { markBeat, takeBeats } from '#server/store/notifications/beats.ts'
import { findChannel } from '#server/store/notifications/channels.ts'
import { attempt, type Delivering } from './deliver.ts'

/**
 * Calls the heartbeats that are due, as long as the alerts of every cluster are looked at: whoever waits for the call learns of it when
 * nobody here could tell.
 */
export async function callHeartbeats(delivering: Delivering): Promise<void> {
  const { store } = delivering
  const due = await takeBeats(store, heartbeatMs)
  if (due.length === 0) return
  const longest = standStill.parameters['seconds']?.value ?? 60
  const standing = (await readBeats(store.pool)).filter(({ silentSeconds }) => silentSeconds > longest)
  await Promise.all(
    due.map(async (id) => {
      const channel = await findChannel(store.pool, id)
      if (!channel) return
      const [still] = standing
      if (still) return markBeat(store, id, `Not called: nobody looks at the alerts of ${still.clusterName}.`)
      const outcome = await attempt(delivering, channel, [])
      await markBeat(store, id, outcome.kind === 'accepted' ? null : outcome.problem)
    }),
  )
}

const heartbeatMs = 60_000
