'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/context.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { Button } from '#components/ui/button.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { Table, Td, Th } from '#components/ui/table.tsx'
import { toast } from '#components/ui/toast.tsx'
import type { RouterOutputs } from '#server/api/root.ts'
import { ConfirmAct } from '../confirm-act.tsx'
import { SettingsHead } from '../settings-head.tsx'
import { MapGroup } from './map-group.tsx'

type Mapping = RouterOutputs['identities']['groups'][number]

/** What groups of the provider give whoever is in them. */
export function GroupMappings({ claim }: { claim: string | null }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const list = useQuery(trpc.identities.groups.queryOptions())
  const [isAdding, setIsAdding] = useState(false)
  const [asked, setAsked] = useState<Mapping | null>(null)
  const remove = useMutation(
    trpc.identities.unmapGroup.mutationOptions({
      onSuccess: () => {
        toast(`${asked?.group ?? 'The group'} does not give that any more.`)
        setAsked(null)
        void queryClient.invalidateQueries({ queryKey: trpc.identities.pathKey() })
      },
    }),
  )
  return (
    <section aria-label="Groups" className="grid gap-4">
      <SettingsHead
        sentence="What groups give."
        act={
          <Button onClick={() => setIsAdding(true)} className="border-line-strong">
            Map a group
          </Button>
        }
      />
      <p className="max-w-prose text-muted">
        Groups are read {claim === null ? 'from the token' : `from the claim ${claim}`} at each sign-in: what a group
        gave is lost with it. What was given by hand stays. Without a group that is mapped nobody new comes in.
      </p>
      {list.data && list.data.length > 0 ? (
        <Table aria-label="Groups and what they give">
          <thead>
            <tr>
              <Th>Group</Th>
              <Th>Role</Th>
              <Th>Where</Th>
              <Th>
                <span className="sr-only">Acts</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {list.data.map((mapping) => (
              <tr key={mapping.id}>
                <Td className="py-1.5 font-medium break-all">{mapping.group}</Td>
                <Td className="py-1.5">{mapping.role}</Td>
                <Td className="py-1.5 break-words">{whereOf(mapping)}</Td>
                <Td align="right" className="py-1.5">
                  <Button
                    tone="quiet"
                    size="small"
                    aria-label={`Remove ${mapping.role} of ${mapping.group}`}
                    onClick={() => {
                      remove.reset()
                      setAsked(mapping)
                    }}
                  >
                    Remove
                  </Button>
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      ) : null}
      {list.data?.length === 0 ? <p className="text-muted">No group is mapped yet.</p> : null}
      {list.isPending ? <Skeleton className="h-24" /> : null}
      <QueryProblem query={list} />
      {isAdding ? <MapGroup onClose={() => setIsAdding(false)} /> : null}
      {asked ? (
        <ConfirmAct
          act={`Take ${asked.role} from ${asked.group}`}
          sentence="Whoever has it by this group loses it at once; whoever is left without any right is signed out."
          isBusy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate({ id: asked.id })}
          onClose={() => setAsked(null)}
        />
      ) : null}
    </section>
  )
}

function whereOf({ scope, clusterName }: Mapping): string {
  switch (scope.kind) {
    case 'all':
      return 'everywhere'
    case 'cluster':
      return clusterName ?? 'a cluster that is gone'
    case 'label':
      return `clusters with the label ${scope.label}`
  }
}
