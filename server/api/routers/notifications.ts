import type { Channel } from '#domain/alerts/notify/channel.ts'
import type { NotificationRow } from '#domain/alerts/notify/notification-row.ts'
import { channelDraft, deliveryLog, ofChannel, ofNotification, routeList } from '../inputs/notifications.ts'
import {
  addChannel,
  changeChannel,
  removeChannel,
  showChannels,
  testChannel,
  type ChannelTest,
  type ShownChannel,
} from '../notifications/channels.ts'
import { dismiss, showLog, tryAgain, type DeliveryLog } from '../notifications/log.ts'
import { setRoutes, showRoutes, type ShownRoutes } from '../notifications/routes.ts'
import { command, query, router } from '../trpc.ts'

const read = query({ permission: 'alerts.read', concern: 'everywhere' })

export const notificationsRouter = router({
  channels: read.query(({ ctx }): Promise<ShownChannel[]> => showChannels(ctx.services.store)),

  routes: read.query(({ ctx }): Promise<ShownRoutes> => showRoutes(ctx.services.store)),

  log: read.input(deliveryLog).query(({ ctx, input }): Promise<DeliveryLog> => showLog(ctx.services.store, input)),

  addChannel: command({
    permission: 'notifications.manage',
    concern: 'everywhere',
    audit: 'notifications.addChannel',
    stepUp: true,
  })
    .input(channelDraft)
    .mutation(({ ctx, input }): Promise<Channel> => addChannel(ctx, input)),

  changeChannel: command({
    permission: 'notifications.manage',
    concern: 'everywhere',
    audit: 'notifications.changeChannel',
    stepUp: true,
  })
    .input(ofChannel.extend({ draft: channelDraft }))
    .mutation(({ ctx, input }): Promise<Channel> => changeChannel(ctx, input)),

  removeChannel: command({
    permission: 'notifications.manage',
    concern: 'everywhere',
    audit: 'notifications.removeChannel',
    stepUp: true,
  })
    .input(ofChannel)
    .mutation(({ ctx, input }): Promise<{ name: string }> => removeChannel(ctx, input.channel)),

  /** Sends a test and says what the receiver answered. */
  testChannel: command({
    permission: 'notifications.manage',
    concern: 'everywhere',
    audit: 'notifications.testChannel',
  })
    .input(ofChannel)
    .mutation(({ ctx, input }): Promise<ChannelTest> => testChannel(ctx, input.channel)),

  setRoutes: command({ permission: 'notifications.manage', concern: 'everywhere', audit: 'notifications.setRoutes' })
    .input(routeList)
    .mutation(({ ctx, input }): Promise<ShownRoutes> => setRoutes(ctx, input)),

  /** Has what was given up tried again. */
  retry: command({ permission: 'notifications.manage', concern: 'everywhere', audit: 'notifications.retry' })
    .input(ofNotification)
    .mutation(({ ctx, input }): Promise<NotificationRow> => tryAgain(ctx, input.id)),

  /** Says that what was given up needs nothing more. */
  dismiss: command({ permission: 'notifications.manage', concern: 'everywhere', audit: 'notifications.dismiss' })
    .input(ofNotification)
    .mutation(({ ctx, input }): Promise<NotificationRow> => dismiss(ctx, input.id)),
})
