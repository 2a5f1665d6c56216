'use client'

import { lazy, Suspense, useState } from 'react'
import { LayerHead } from '#components/layers/layer-head.tsx'
import { SeenNotes } from '#components/layers/seen-notes.tsx'
import { WithStack, type Layers } from '#components/layers/with-stack.tsx'
import { ReadOnlyNote } from '#components/settings/read-only-note.tsx'
import { useMay } from '#components/session/session-context.tsx'
import { Empty } from '#components/ui/empty.tsx'
import type { SignalWish } from '#domain/plan/signal-plan.ts'
import { othersSee } from '#domain/stack/others-see.ts'
import { postgresSentence } from '#domain/stack/postgres-sentence.ts'
import { postgresWorries } from '#domain/stack/postgres-worries.ts'
import { leaderOf } from '#domain/stack/replication-rows.ts'
import { ArchiverCard } from './archiver-card.tsx'
import { BlockingCard } from './blocking-card.tsx'
import { CheckpointsCard } from './checkpoints-card.tsx'
import { ConnectionsCard } from './connections-card.tsx'
import { DatabasesCard } from './databases-card.tsx'
import { postgresTold } from './postgres-told.ts'
import { ReplicationCard } from './replication-card.tsx'
import { SessionsCard } from './sessions-card.tsx'
import { SettingsCard } from './settings-card.tsx'
import { SlotsCard } from './slots-card.tsx'

const SignalBackend = lazy(() =>
  import('#components/stack-acts/signal-backend.tsx').then((module) => ({ default: module.SignalBackend })),
)

/** What the Postgres of each member says of itself, opened by what a colleague would say of it. */
export function PostgresView({ cluster }: { cluster: string }) {
  return (
    <WithStack cluster={cluster} label="Loading Postgres">
      {(layers) => <Told layers={layers} />}
    </WithStack>
  )
}

function Told({ layers }: { layers: Layers }) {
  const { cluster, stack, snapshot, now } = layers
  const mayEnd = useMay('sessions.end')
  const [wish, setWish] = useState<SignalWish | null>(null)
  const onSignal = mayEnd ? setWish : null
  const told = postgresTold(stack)
  if (stack.members.every(({ postgres }) => postgres === null)) {
    return (
      <Empty title={`The console has no user for the Postgres of ${cluster}.`}>
        With a user that has pg_monitor, given in the settings of the cluster, replication, sessions, slots and the
        archiver are shown here.
      </Empty>
    )
  }
  const worries = postgresWorries(stack, snapshot, now)
  const leader = leaderOf(stack, snapshot, now)
  return (
    <div className="grid gap-6">
      <LayerHead
        sentence={postgresSentence(stack, { snapshot, worries, now })}
        names={stack.members.map(({ name }) => name)}
        more={worries.slice(1)}
      />
      <SeenNotes
        watched={stack.members.flatMap(({ name, postgres }) =>
          postgres === null
            ? []
            : [{ who: `Postgres on ${name}`, looked: postgres, others: othersSee(name, stack, snapshot, now) }],
        )}
        now={now}
      />
      <BlockingCard told={told} now={now} hasQueries={layers.hasQueries} onSignal={onSignal} />
      <ReplicationCard layers={layers} leader={leader} />
      <SessionsCard told={told} now={now} hasQueries={layers.hasQueries} onSignal={onSignal} />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <ConnectionsCard told={told} now={now} />
        <ArchiverCard told={told} leader={leader} now={now} />
      </div>
      <SlotsCard told={told} leader={leader} now={now} />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <DatabasesCard told={told} leader={leader} now={now} />
        <CheckpointsCard told={told} now={now} />
      </div>
      <SettingsCard stack={stack} told={told} now={now} />
      {mayEnd ? null : <ReadOnlyNote>Operators end statements and sessions.</ReadOnlyNote>}
      <Suspense>
        {wish ? (
          <SignalBackend
            key={`${wish.act} ${wish.member} ${wish.pid}`}
            {...wish}
            cluster={cluster}
            isOpen
            onClose={() => setWish(null)}
          />
        ) : null}
      </Suspense>
    </div>
  )
}
