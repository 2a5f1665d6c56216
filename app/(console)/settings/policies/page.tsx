import type { Metadata } from 'next'
import { authorise } from '#app/authorise.ts'
import { Prefetched } from '#app/prefetched.tsx'
import { paths } from '#components/paths.ts'
import { PolicySettings } from '#components/settings/policies/policy-settings.tsx'
import { isAllowed } from '#domain/people/permission.ts'

export const metadata: Metadata = { title: 'Approval policies' }

export default async function PolicySettingsPage() {
  const { grants } = await authorise(paths.policySettings())
  return (
    <Prefetched
      fill={(keys, api) =>
        isAllowed(grants, 'operations.read', 'everywhere')
          ? [[keys.policies.list.queryKey(), () => api.policies.list()]]
          : []
      }
    >
      <PolicySettings />
    </Prefetched>
  )
}
