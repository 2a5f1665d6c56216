'use client'

import { lazy, type ReactNode, Suspense, useState } from 'react'
import type { Judged } from '#components/cluster/judge.ts'
import { useLineState } from '#components/live/live-provider.tsx'
import { useOfferActs } from '#components/palette/page-acts.ts'
import { useMay } from '#components/session/session-context.tsx'
import { useAskedAct } from '#components/url/use-asked-act.ts'
import { type ReplicaOffer, replicaOffers } from '#domain/operation/replica-offers.ts'
import type { ClusterView } from '#domain/fleet/view.ts'

const ReinitialiseSheet = lazy(() =>
  import('./reinitialise-sheet.tsx').then((module) => ({ default: module.ReinitialiseSheet })),
)

/** The ways to have a member copied anew. */
export interface ReinitialiseActs {
  offers: readonly ReplicaOffer[]
  onReinitialise: (member: string) => void
}

/** Offers each replica to be copied anew, on the page, in the palette and by the address; null for who may not. */
export function useReinitialise(
  view: ClusterView,
  judged: Judged,
): { acts: ReinitialiseActs | null; sheet: ReactNode } {
  const may = useMay('replica.reinitialise')
  const { storeReachable } = useLineState()
  const [opened, setOpened] = useState<{ member: string; isOpen: boolean; opening: number } | null>(null)
  const { snapshot, assessment, now, deafReason } = judged
  const { name } = view.cluster
  const underWay = [view.activeOperation, view.replicaOperation]
  const offers = may
    ? replicaOffers(snapshot, { underWay, storeReachable, now }).map(({ member, reason }) => ({
        member,
        reason: deafReason ?? reason,
      }))
    : []
  const replicas = offers.map(({ member }) => member).filter((member) => member !== snapshot.leader?.name)
  const open = (member: string) => setOpened((last) => ({ member, isOpen: true, opening: (last?.opening ?? 0) + 1 }))
  useOfferActs(
    offers.map(({ member, reason }) => ({ label: `Reinitialise ${member}`, reason, run: () => open(member) })),
  )
  useAskedAct((asked) => {
    if (asked !== 'reinitialise') return
    // Whoever comes from an incident most likely means the one that something is found of.
    const found = assessment.findings.find(({ member }) => member !== null && replicas.includes(member))?.member
    const member = found ?? replicas[0]
    if (member !== undefined) open(member)
  })
  const sheet = opened ? (
    <Suspense>
      <ReinitialiseSheet
        key={opened.opening}
        cluster={name}
        replicas={replicas}
        member={opened.member}
        isOpen={opened.isOpen}
        onClose={() => setOpened({ ...opened, isOpen: false })}
      />
    </Suspense>
  ) : null
  return { acts: may ? { offers, onReinitialise: open } : null, sheet }
}
