import { randomUUID } from 'node:crypto'
import { tellAll } from '#server/alerts/notify/tell.ts'
import { AppError } from '#server/errors.ts'
import { forgetOldNotifications } from '#server/store/notifications/log.ts'
import { isAnyWaiting } from '#server/store/notifications/hold.ts'
import { deliverOnOne, type Delivering } from './notify/deliver.ts'
import { callHeartbeats } from './notify/heartbeats.ts'
import { slowMs, startWokenLoop } from '#server/collector/woken-loop.ts'

/** Where people are told: wakes with what changes. */
export interface Notifier {
  hear(notice: { kind: string }): void
}

/**
 * Tells people of alerts: finds what is to be told and sends what waits, in as many workers as there are; what one leaves undone, another
 * does. One receiver that hangs holds up no other. Where nothing fires and nothing waits, notices begin it.
 */
export function startNotifying(given: Omit<Delivering, 'holder'>, beatMs = 1_000): Notifier {
  const { store, log, signal } = given
  const loops = { log, signal }
  const slow = (slowMs / 1_000) * beatMs
  const sending = Array.from({ length: lanes }, (_, n) =>
    startWokenLoop({
      ...loops,
      name: `notify send ${n + 1}`,
      firstMs: (n * beatMs) / lanes,
      look: () =>
        whileReachable({ busy: lanes * beatMs * 0.5, slow }, async () => {
          return (await deliverOnOne({ ...given, holder: randomUUID() })) || isAnyWaiting(store.pool)
        }),
    }),
  )
  const planning = startWokenLoop({
    ...loops,
    name: 'notify plan',
    look: () =>
      whileReachable({ busy: 5 * beatMs, slow }, async () => {
        const isAnything = await tellAll(store, new Date())
        if (isAnything && (await isAnyWaiting(store.pool))) for (const lane of sending) lane.wake()
        return isAnything
      }),
  })
  startWokenLoop({
    ...loops,
    name: 'notify heartbeat',
    look: () =>
      whileReachable({ busy: 5 * beatMs, slow: 5 * beatMs }, () => callHeartbeats({ ...given, holder: 'heartbeat' })),
  })
  startWokenLoop({
    ...loops,
    name: 'notify forget',
    firstMs: 60_000,
    look: () => whileReachable({ busy: 3_600_000, slow: 3_600_000 }, () => forgetOldNotifications(store)),
  })
  return {
    hear({ kind }) {
      if (kind !== 'alerts' && kind !== 'channels') return
      planning.wake()
      for (const lane of sending) lane.wake()
    },
  }
}

/** So many channels are sent on at once. */
const lanes = 4

/** How long to rest after some work: less where it says that there is more to come. */
async function whileReachable(rest: { busy: number; slow: number }, work: () => Promise<unknown>): Promise<number> {
  try {
    return (await work()) === false ? rest.slow : rest.busy
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'store-unreachable') throw error
    return rest.busy
  }
}
