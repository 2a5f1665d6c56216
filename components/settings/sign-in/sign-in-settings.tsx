'use client'

import { useQuery } from '@tanstack/react-query'
import { useMay } from '#components/session/session-context.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { Copy } from '#components/ui/copy.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import type { RouterOutputs } from '#server/api/root.ts'
import { ReadOnlyNote } from '../read-only-note.tsx'
import { SettingsHead } from '../settings-head.tsx'
import { GroupMappings } from './group-mappings.tsx'
import { Identities } from './identities.tsx'

/** Where people sign in without a password of the console, what their groups there give, and who is who. */
export function SignInSettings() {
  if (useMay('users.manage', 'everywhere')) return <Settings />
  return <ReadOnlyNote>Only administrators see and change how people sign in.</ReadOnlyNote>
}

function Settings() {
  const provider = useQuery(useTRPC().identities.provider.queryOptions())
  return (
    <div className="grid gap-10">
      <section aria-label="Provider" className="grid gap-4">
        <SettingsHead sentence="Where people sign in without a password of this console." />
        {provider.data === null ? (
          <Empty title="People sign in by password alone.">
            A provider of OpenID Connect is set when the console is started: MATRIARCH_OIDC_ISSUER and
            MATRIARCH_OIDC_CLIENT_ID. The guide docs/sign-in-oidc.md says how.
          </Empty>
        ) : null}
        {provider.data ? <Provider provider={provider.data} /> : null}
        {provider.isPending ? <Skeleton className="h-32" /> : null}
        <QueryProblem query={provider} />
      </section>
      <GroupMappings claim={provider.data?.groupsClaim ?? null} />
      <Identities hasProvider={provider.data !== null && provider.data !== undefined} />
    </div>
  )
}

const emailRules = {
  required: 'counts where the provider says that it is confirmed',
  'unless-denied': 'counts unless the provider denies that it is confirmed',
}

function Provider({ provider }: { provider: NonNullable<RouterOutputs['identities']['provider']> }) {
  const lines = [
    ['Name', provider.name],
    ['Issuer', provider.issuer],
    ['Client', provider.clientId],
    ['Scopes', provider.scopes.join(' ')],
    ['Groups claim', provider.groupsClaim],
    [
      'Rights by groups',
      `rest ${provider.rightsDays} ${provider.rightsDays === 1 ? 'day' : 'days'} after the last sign-in there`,
    ],
    ['E-mail address', emailRules[provider.emailRule]],
    [
      'Second factor there',
      provider.stepUpWords.length === 0
        ? 'does not count here'
        : `counts where it says ${provider.stepUpWords.join(' or ')}`,
    ],
    ['Redirect address', provider.redirectUri],
    ['After signing out', provider.postLogoutRedirectUri],
    ['Back-channel logout', provider.backChannelLogoutUri],
  ] as const
  return (
    <dl className="grid items-baseline gap-x-6 gap-y-1.5 md:grid-cols-[12rem_1fr]">
      {lines.map(([label, text]) => (
        <div key={label} className="contents">
          <dt className="text-muted">{label}</dt>
          <dd className="min-w-0 pb-1.5 md:pb-0">
            {text.startsWith('http') ? <Copy text={text} className="max-w-full" /> : text}
          </dd>
        </div>
      ))}
    </dl>
  )
}
