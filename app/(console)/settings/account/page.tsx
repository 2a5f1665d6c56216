import type { Metadata } from 'next'
import { isAllowed } from '#domain/people/permission.ts'
import { authorise } from '#app/authorise.ts'
import { Prefetched } from '#app/prefetched.tsx'
import { paths } from '#components/paths.ts'
import { OwnFrame } from '#components/session/own-frame.tsx'
import { Account } from '#components/settings/account.tsx'

export const metadata: Metadata = { title: 'Account' }

export default async function AccountPage() {
  const { grants } = await authorise(paths.account(), 'own')
  // Without a role there is neither a shell around it, nor a line that waits to hear that the page stands.
  if (grants.length === 0)
    return (
      <OwnFrame>
        <Account />
      </OwnFrame>
    )
  return (
    <Prefetched
      fill={(keys, api) => [
        [keys.session.list.queryKey(), () => api.session.list()],
        ...(isAllowed(grants, 'people.read', 'everywhere')
          ? ([[keys.tokens.list.queryKey(), () => api.tokens.list()]] satisfies ReturnType<
              Parameters<typeof Prefetched>[0]['fill']
            >)
          : []),
      ]}
    >
      <Account />
    </Prefetched>
  )
}
