'use client'

import { useQuery } from '@tanstack/react-query'
import { useMay, useViewer } from '#components/session/session-context.tsx'
import { useZone } from '#components/time/zone.ts'
import { useTRPC } from '#components/trpc/context.ts'
import { Card } from '#components/ui/card.tsx'
import { OwnFactors } from '#components/factors/own-factors.tsx'
import type { Grant } from '#domain/people/grant.ts'
import type { FleetRow } from '#domain/fleet/view.ts'
import { GrantWords } from './people/grant-words.tsx'
import { ChangePassword } from './change-password.tsx'
import { Sessions } from './sessions.tsx'
import { ThemeChoice } from './theme-choice.tsx'
import { Tokens } from './tokens.tsx'

/** Everything that concerns oneself: who one is, where one is signed in, the password, tokens. */
export function Account() {
  const viewer = useViewer()
  const zone = useZone()
  const { data: rows } = useQuery(
    useTRPC().clusters.list.queryOptions(undefined, { enabled: viewer.grants.length > 0 }),
  )
  const maySeeTokens = useMay('people.read', 'everywhere')
  return (
    <div className="grid gap-3.5">
      <div className="grid gap-3.5 lg:grid-cols-2">
        <Card title="Who you are">
          <p className="text-xl font-medium tracking-[-0.01em]">{viewer.name}</p>
          <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1.5 pt-2 [&_dt]:text-muted">
            <dt>E-mail</dt>
            <dd className="break-all">{viewer.email}</dd>
            <dt>Rights</dt>
            <dd>
              <GrantWords grants={viewer.grants.map((grant) => ({ ...grant, cluster: nameOf(grant, rows) }))} />
            </dd>
            <dt>Times</dt>
            <dd>
              {zone}
              <span className="text-muted">, the zone of this browser; UTC on hover</span>
            </dd>
          </dl>
          <ThemeChoice />
        </Card>
        <Card title="Password">
          <ChangePassword />
        </Card>
      </div>
      <OwnFactors />
      <Sessions />
      {maySeeTokens ? <Tokens /> : null}
    </div>
  )
}

function nameOf({ scope }: Grant, rows: readonly FleetRow[] | undefined): string | null {
  if (scope.kind !== 'cluster') return null
  return rows?.find(({ clusterId }) => clusterId === scope.clusterId)?.name ?? null
}
