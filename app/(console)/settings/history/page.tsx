import type { Metadata } from 'next'
import { authorise } from '#app/authorise.ts'
import { Prefetched } from '#app/prefetched.tsx'
import { paths } from '#components/paths.ts'
import { HistorySettings } from '#components/settings/keep/history-settings.tsx'

export const metadata: Metadata = { title: 'History kept' }

export default async function HistorySettingsPage() {
  await authorise(paths.historySettings())
  return (
    <Prefetched fill={(keys, api) => [[keys.history.kept.queryKey(), () => api.history.kept()]]}>
      <HistorySettings />
    </Prefetched>
  )
}
