import { randomUUID } from 'node:crypto'
import { tellAll } from '#server/alerts/notify/tell.ts'
import { startLoop } from '#server/collector/loop.ts'
import { AppError } from '#server/errors.ts'
import { forgetOldNotifications } from '#server/store/notifications/log.ts'
import { deliverOnOne, type Delivering } from './notify/deliver.ts'
import { callHeartbeats } from './notify/heartbeats.ts'

/** Where people are told: wakes with what changes. */
export interface Notifier {
  hear(notice: { kind: string }): void
}

/**
 * Tells people of alerts: finds what is to be told and sends what waits, in as many workers as there are; what one leaves undone, another
 * does. One receiver that hangs holds up no other.
 */
export function startNotifying(given: Omit<Delivering, 'holder'>, beatMs = 1_000): Notifier {
  const { store, log, signal } = given
  const loops = { log, signal }
  const planning = startLoop({
    ...loops,
    name: 'notify plan',
    beatMs: () => 5 * beatMs,
    look: () => whileReachable(() => tellAll(store, new Date())),
  })
  const sending = Array.from({ length: lanes }, (_, n) =>
    startLoop({
      ...loops,
      name: `notify send ${n + 1}`,
      firstMs: (n * beatMs) / lanes,
      beatMs: () => lanes * beatMs * 0.5,
      look: () => whileReachable(() => deliverOnOne({ ...given, holder: randomUUID() })),
    }),
  )
  startLoop({
    ...loops,
    name: 'notify heartbeat',
    beatMs: () => 5 * beatMs,
    look: () => whileReachable(() => callHeartbeats({ ...given, holder: 'heartbeat' })),
  })
  startLoop({
    ...loops,
    name: 'notify forget',
    firstMs: 60_000,
    beatMs: () => 3_600_000,
    look: () => whileReachable(() => forgetOldNotifications(store)),
  })
  return {
    hear({ kind }) {
      if (kind !== 'alerts') return
      planning.wake()
      for (const lane of sending) lane.wake()
    },
  }
}

/** So many channels are sent on at once. */
const lanes = 4

async function whileReachable(work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'store-unreachable') throw error
  }
}
