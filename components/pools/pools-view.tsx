'use client'

import { lazy, Suspense, useState } from 'react'
import { Notice } from '#components/cluster/notice.tsx'
import { LayerHead } from '#components/layers/layer-head.tsx'
import { SeenNotes } from '#components/layers/seen-notes.tsx'
import { WithStack, type Layers } from '#components/layers/with-stack.tsx'
import { useMay } from '#components/session/session-context.tsx'
import { ReadOnlyNote } from '#components/settings/read-only-note.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { isLookedOld } from '#domain/stack/deep-age.ts'
import { othersSee } from '#domain/stack/others-see.ts'
import { poolersTold } from '#domain/stack/pools-told.ts'
import { heldSentence, poolsSentence, poolsWorries } from '#domain/stack/pools-worries.ts'
import { DifferingCard } from '#components/layers/differing-card.tsx'
import { poolerConfigDiffering } from '#domain/stack/pooler-config-differing.ts'
import { LimitsCard } from './limits-card.tsx'
import { MisuseCard } from './misuse-card.tsx'
import { PoolerActs, type PoolerAsked, wholeActs } from './pooler-acts.tsx'
import { PoolerCard } from './pooler-card.tsx'
import { PoolsCard } from './pools-card.tsx'
import { WaitingCard } from './waiting-card.tsx'

const PoolerAct = lazy(() =>
  import('#components/stack-acts/pooler-act.tsx').then((module) => ({ default: module.PoolerAct })),
)

/** The pgBouncers of a cluster side by side: who waits, what is in use, what they have set. */
export function PoolsView({ cluster }: { cluster: string }) {
  return (
    <WithStack cluster={cluster} label="Loading pools">
      {(layers) => <Told layers={layers} />}
    </WithStack>
  )
}

function Told({ layers: { cluster, stack, snapshot, now } }: { layers: Layers }) {
  const mayCommand = useMay('traffic.command')
  const [asked, setAsked] = useState<PoolerAsked | null>(null)
  const poolers = stack.members.flatMap(({ name, pooler }) => (pooler === null ? [] : [{ name, pooler }]))
  if (poolers.length === 0) {
    return (
      <Empty title={`No pgBouncer is known beside the members of ${cluster}, or the console has no user for it.`}>
        With its port and a user that stands in stats_users, given in the settings of the cluster, its pools are shown
        here.
      </Empty>
    )
  }
  const told = poolersTold(stack)
  const worries = poolsWorries(told, now)
  const held = told.flatMap((one) => {
    const sentence = isLookedOld(one.looked, now) ? null : heldSentence(one)
    return sentence === null ? [] : [{ member: one.member, sentence }]
  })
  return (
    <div className="grid gap-6">
      <LayerHead
        sentence={poolsSentence(told, worries, now)}
        names={poolers.map(({ name }) => name)}
        more={worries.slice(1)}
      >
        {mayCommand && told.length > 1 ? (
          <PoolerActs acts={wholeActs} node={null} database={null} onAct={setAsked} />
        ) : null}
      </LayerHead>
      {held.map(({ member, sentence }) => (
        <Notice key={member} tone="warn">
          {sentence}
        </Notice>
      ))}
      <SeenNotes
        watched={poolers.map(({ name, pooler }) => ({
          who: `pgBouncer on ${name}`,
          looked: pooler,
          others: othersSee(name, stack, snapshot, now),
        }))}
        now={now}
      />
      {told.length === 0 ? null : (
        <>
          <WaitingCard told={told} now={now} />
          <PoolsCard told={told} now={now} />
          <MisuseCard told={told} />
          <div className="grid items-start gap-6 lg:grid-cols-2">
            <LimitsCard told={told} now={now} />
            <DifferingCard
              title="Configuration"
              differing={poolerConfigDiffering(told)}
              alike={told.length < 2 ? null : 'All pgBouncers have the same version and are set alike.'}
            />
          </div>
          {told.map((one) => (
            <PoolerCard
              key={one.member}
              told={one}
              now={now}
              onAct={mayCommand && !isLookedOld(one.looked, now) ? setAsked : null}
            />
          ))}
        </>
      )}
      {mayCommand ? null : <ReadOnlyNote>Operators pause and resume poolers.</ReadOnlyNote>}
      <Suspense>
        {asked ? (
          <PoolerAct
            key={`${asked.act} ${asked.node} ${asked.database}`}
            {...asked}
            cluster={cluster}
            isOpen
            onClose={() => setAsked(null)}
          />
        ) : null}
      </Suspense>
    </div>
  )
}
