import type { Metadata } from 'next'
import { isAllowed } from '#domain/people/permission.ts'
import { authorise } from '#app/authorise.ts'
import { Prefetched } from '#app/prefetched.tsx'
import { paths } from '#components/paths.ts'
import { UserSettings } from '#components/settings/people/user-settings.tsx'

export const metadata: Metadata = { title: 'People' }

export default async function UserSettingsPage() {
  const { grants } = await authorise(paths.userSettings())
  return (
    <Prefetched
      fill={(keys, api) =>
        isAllowed(grants, 'people.read', 'everywhere') ? [[keys.users.list.queryKey(), () => api.users.list()]] : []
      }
    >
      <UserSettings />
    </Prefetched>
  )
}
