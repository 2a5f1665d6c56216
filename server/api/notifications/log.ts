import type { NotificationRow } from '#domain/alerts/notify/notification-row.ts'
import { AppError } from '#server/errors.ts'
import { tellAlerts } from '#server/store/alerts/tell.ts'
import {
  dismissNotification,
  findNotification,
  listNotifications,
  retryNotification,
} from '#server/store/notifications/log.ts'
import type { Store } from '#server/store/open.ts'
import type { CommandContext } from '../trpc.ts'
import { needChannel } from './channels.ts'

export interface DeliveryLog {
  notifications: NotificationRow[]
  /** Null on the last page. */
  nextBefore: number | null
}

interface Asked {
  channel?: string | undefined
  states?: NotificationRow['state'][] | undefined
  before?: number | undefined
  limit: number
}

/** What was told and is to be, the newest first. */
export async function showLog(store: Store, { channel, limit, ...filter }: Asked): Promise<DeliveryLog> {
  const channelId = channel === undefined ? undefined : (await needChannel(store.pool, channel)).id
  const found = await listNotifications(store, { ...filter, channelId, limit: limit + 1 })
  const notifications = found.slice(0, limit)
  return { notifications, nextBefore: found.length > limit ? (notifications.at(-1)?.id ?? null) : null }
}

/** Has what was given up tried again. Throws AppError `not-found`, or `conflict` where it was not given up. */
export async function tryAgain({ act }: CommandContext, id: number): Promise<NotificationRow> {
  act.on({ target: String(id), cluster: null, reason: null })
  return act.commit(async (tx) => {
    const row = await findNotification(tx, id)
    if (!row) throw new AppError('not-found', 'There is no such notification any more.')
    act.on({ target: row.channelName, cluster: null, reason: null, detail: { id, problem: row.problem } })
    if (row.kind === 'test') throw new AppError('refused', 'A test is not tried again: send another.')
    if (!(await retryNotification(tx, id)))
      throw new AppError('conflict', 'It was not given up, or is tried again already.')
    return (await findNotification(tx, id)) ?? row
  })
}

/** Says that what was given up needs nothing more. Throws AppError `not-found`, or `conflict` where there is nothing to say that of. */
export async function dismiss({ act }: CommandContext, id: number): Promise<NotificationRow> {
  act.on({ target: String(id), cluster: null, reason: null })
  return act.commit(async (tx) => {
    const row = await findNotification(tx, id)
    if (!row) throw new AppError('not-found', 'There is no such notification any more.')
    const { sentence } = row.told
    act.on({ target: row.channelName, cluster: null, reason: null, detail: { id, sentence, problem: row.problem } })
    if (row.kind === 'test') throw new AppError('refused', 'No alert is made of a test: there is nothing to dismiss.')
    if (!(await dismissNotification(tx, id, act.actor.name)))
      throw new AppError(
        'conflict',
        row.dismissedBy === null
          ? 'It was not given up: there is nothing to dismiss.'
          : `${row.dismissedBy} has dismissed it already.`,
      )
    await tellAlerts(tx, row.told.clusterId)
    return (await findNotification(tx, id)) ?? row
  })
}
