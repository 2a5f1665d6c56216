import { Card } from '#components/ui/card.tsx'
import { isLookedOld } from '#domain/stack/deep-age.ts'
import type { PoolerTold } from '#domain/stack/pools-told.ts'
import { ClientTable } from './client-table.tsx'

/** Clients that wait for a server, the longest first; nothing where nobody waits. */
export function WaitingCard({ told, now }: { told: readonly PoolerTold[]; now: Date }) {
  const waiting = told
    .filter(({ looked }) => !isLookedOld(looked, now))
    .flatMap(({ member, detail }) =>
      detail.clients.filter(({ state }) => state.startsWith('waiting')).map((client) => ({ member, client })),
    )
    .toSorted((one, other) => other.client.waitSeconds - one.client.waitSeconds)
  if (waiting.length === 0) return null
  return (
    <Card title="Who waits" aside={waiting.length > shown ? `the ${shown} that wait longest` : null}>
      <ClientTable label="Clients that wait" clients={waiting.slice(0, shown)} />
    </Card>
  )
}

const shown = 20
