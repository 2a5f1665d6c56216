import type { Metadata } from 'next'
import { isAllowed } from '#domain/people/permission.ts'
import { authorise } from '#app/authorise.ts'
import { Prefetched } from '#app/prefetched.tsx'
import { paths } from '#components/paths.ts'
import { logShown } from '#components/settings/notify/log-shown.ts'
import { NotificationSettings } from '#components/settings/notify/notification-settings.tsx'

export const metadata: Metadata = { title: 'Notifications' }

export default async function NotificationSettingsPage() {
  const { grants } = await authorise(paths.notificationSettings())
  return (
    <Prefetched
      fill={(keys, api) =>
        isAllowed(grants, 'alerts.read', 'everywhere')
          ? [
              [keys.notifications.channels.queryKey(), () => api.notifications.channels()],
              [keys.notifications.routes.queryKey(), () => api.notifications.routes()],
              [keys.notifications.log.queryKey(logShown), () => api.notifications.log(logShown)],
            ]
          : []
      }
    >
      <NotificationSettings />
    </Prefetched>
  )
}
