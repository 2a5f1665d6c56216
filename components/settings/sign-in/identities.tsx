'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Age } from '#components/time/age.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { Button } from '#components/ui/button.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { Table, Td, Th } from '#components/ui/table.tsx'
import { toast } from '#components/ui/toast.tsx'
import type { RouterOutputs } from '#server/api/root.ts'
import { ConfirmAct } from '../confirm-act.tsx'
import { SettingsHead } from '../settings-head.tsx'
import { LinkIdentity } from './link-identity.tsx'

type Identity = RouterOutputs['identities']['list']['identities'][number]

/** Who people are to the provider. */
export function Identities({ hasProvider }: { hasProvider: boolean }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [cursors, setCursors] = useState<readonly string[]>([])
  const cursor = cursors.at(-1)
  const list = useQuery(trpc.identities.list.queryOptions(cursor === undefined ? {} : { cursor }))
  const [isLinking, setIsLinking] = useState(false)
  const [asked, setAsked] = useState<Identity | null>(null)
  const unlink = useMutation(
    trpc.identities.unlink.mutationOptions({
      onSuccess: () => {
        toast(`${asked?.userName ?? 'The person'} is not linked any more.`)
        setAsked(null)
        void queryClient.invalidateQueries({ queryKey: trpc.identities.pathKey() })
      },
    }),
  )
  const next = list.data?.next ?? null
  return (
    <section aria-label="Identities" className="grid gap-4">
      <SettingsHead
        sentence="Who is who."
        act={
          <Button
            onClick={() => setIsLinking(true)}
            disabledReason={hasProvider ? null : 'There is no provider.'}
            className="border-line-strong"
          >
            Link a person
          </Button>
        }
      />
      <p className="max-w-prose text-muted">
        A person is known by the provider’s subject, never by an e-mail address. The audit log has the subject of each
        sign-in that was refused.
      </p>
      {list.data && list.data.identities.length > 0 ? (
        <Table aria-label="Identities">
          <thead>
            <tr>
              <Th>Person</Th>
              <Th>Subject</Th>
              <Th keep="desktop">Came by</Th>
              <Th keep="desktop" align="right">
                Signed in
              </Th>
              <Th>
                <span className="sr-only">Acts</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {list.data.identities.map((identity) => (
              <tr key={identity.id}>
                <Td className="py-1.5">
                  <span className="font-medium break-words">{identity.userName}</span>
                  <span className="block text-sm break-all text-muted">{identity.userEmail}</span>
                </Td>
                <Td className="py-1.5 font-mono text-sm break-all">{identity.subject}</Td>
                <Td keep="desktop" className="py-1.5 text-muted">
                  {identity.linkedBy === null ? 'their first sign-in' : `linked by ${identity.linkedBy}`}
                </Td>
                <Td keep="desktop" align="right" className="py-1.5 whitespace-nowrap text-muted">
                  {identity.signedInAt ? <Age at={identity.signedInAt} after=" ago" /> : 'never'}
                </Td>
                <Td align="right" className="py-1.5">
                  <Button
                    tone="quiet"
                    size="small"
                    aria-label={`Unlink ${identity.userName}`}
                    onClick={() => {
                      unlink.reset()
                      setAsked(identity)
                    }}
                  >
                    Unlink
                  </Button>
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      ) : null}
      {list.data?.identities.length === 0 ? (
        <p className="text-muted">Nobody has signed in with a provider yet.</p>
      ) : null}
      {cursors.length > 0 || next !== null ? (
        <div className="flex gap-2">
          <Button
            size="small"
            disabledReason={cursors.length === 0 ? 'This is the first page.' : null}
            onClick={() => setCursors(cursors.slice(0, -1))}
          >
            Before
          </Button>
          <Button
            size="small"
            disabledReason={next === null ? 'This is the last page.' : null}
            onClick={() => next !== null && setCursors([...cursors, next])}
          >
            Next
          </Button>
        </div>
      ) : null}
      {list.isPending ? <Skeleton className="h-24" /> : null}
      <QueryProblem query={list} />
      {isLinking ? <LinkIdentity onClose={() => setIsLinking(false)} /> : null}
      {asked ? (
        <ConfirmAct
          act={`Unlink ${asked.userName}`}
          sentence="Their sessions that began with the provider end, and what their groups gave is lost. The person stays."
          isBusy={unlink.isPending}
          error={unlink.error}
          onConfirm={() => unlink.mutate({ id: asked.id })}
          onClose={() => setAsked(null)}
        />
      ) : null}
    </section>
  )
}
