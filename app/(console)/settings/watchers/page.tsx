import type { Metadata } from 'next'
import { authorise } from '#app/authorise.ts'
import { Prefetched } from '#app/prefetched.tsx'
import { paths } from '#components/paths.ts'
import { WatcherSettings } from '#components/settings/shares/watcher-settings.tsx'

export const metadata: Metadata = { title: 'Watchers' }

export default async function WatcherSettingsPage() {
  await authorise(paths.watcherSettings())
  return (
    <Prefetched
      fill={(keys, api) => [
        [keys.shares.list.queryKey(), () => api.shares.list()],
        [keys.availability.targets.queryKey(), () => api.availability.targets()],
      ]}
    >
      <WatcherSettings />
    </Prefetched>
  )
}
