import type { Metadata } from 'next'
import { isAllowed } from '#domain/people/permission.ts'
import { authorise } from '#app/authorise.ts'
import { Prefetched } from '#app/prefetched.tsx'
import { paths } from '#components/paths.ts'
import { SignInSettings } from '#components/settings/sign-in/sign-in-settings.tsx'

export const metadata: Metadata = { title: 'Sign-in' }

export default async function SignInSettingsPage() {
  const { grants } = await authorise(paths.identitySettings())
  return (
    <Prefetched
      fill={(keys, api) =>
        isAllowed(grants, 'users.manage', 'everywhere')
          ? [
              [keys.identities.provider.queryKey(), () => api.identities.provider()],
              [keys.identities.groups.queryKey(), () => api.identities.groups()],
            ]
          : []
      }
    >
      <SignInSettings />
    </Prefetched>
  )
}
