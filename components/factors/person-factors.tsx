'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { GiveProof } from '#components/proof/give-proof.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { toast } from '#components/ui/toast.tsx'
import type { Factor } from '#domain/people/factor.ts'
import { vouchSubject } from '#domain/people/proof.ts'
import { FactorLines } from './factor-lines.tsx'

interface PersonFactorsProps {
  person: { id: string; name: string; email: string }
}

/** Somebody's second factors, and the way to vouch for one; for administrators. */
export function PersonFactors({ person }: PersonFactorsProps) {
  const trpc = useTRPC()
  const list = useQuery(trpc.factors.of.queryOptions({ id: person.id }))
  const [vouched, setVouched] = useState<Factor | null>(null)
  return (
    <>
      {list.data?.length === 0 ? <p className="text-muted">{person.name} has no second factor.</p> : null}
      {list.data && list.data.length > 0 ? (
        <FactorLines
          label={`Second factors of ${person.name}`}
          factors={list.data}
          acts={(factor) =>
            factor.vouched ? null : (
              <Button size="small" aria-label={`Vouch for ${factor.name}`} onClick={() => setVouched(factor)}>
                Vouch
              </Button>
            )
          }
        />
      ) : null}
      <QueryProblem query={list} />
      {list.isPending ? <Skeleton className="h-16" /> : null}
      {vouched ? <Vouch person={person} factor={vouched} onClose={() => setVouched(null)} /> : null}
    </>
  )
}

interface VouchProps extends PersonFactorsProps {
  factor: Factor
  onClose: () => void
}

function Vouch({ person, factor, onClose }: VouchProps) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const vouch = useMutation(
    trpc.users.vouch.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries({ queryKey: trpc.factors.pathKey() })
        toast(`${factor.name} of ${person.name} is vouched for.`)
        onClose()
      },
    }),
  )
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Vouch for ${factor.name} of ${person.name}`}
      description="Ask them first, by voice or in person, whether they registered it, and when. From then on it counts for approvals. Your own factor, which must be vouched for, proves it."
      footer={<Button onClick={onClose}>Leave it</Button>}
    >
      <div className="overflow-y-auto px-5 py-3">
        <GiveProof
          purpose="vouch"
          subject={vouchSubject({ id: factor.id, userId: person.id })}
          act="Vouch for it"
          isBusy={vouch.isPending}
          error={vouch.error}
          onProof={(proof) => vouch.mutate({ factorId: factor.id, proof })}
        />
      </div>
    </Dialog>
  )
}
