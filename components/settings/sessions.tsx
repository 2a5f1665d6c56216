'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useOfferActs } from '#components/palette/page-acts.ts'
import { signOut } from '#components/session/sign-out.ts'
import { Age } from '#components/time/age.tsx'
import { Moment } from '#components/time/moment.tsx'
import { useTRPC, useTRPCClient } from '#components/trpc/context.ts'
import { errorSentence } from '#components/trpc/error-sentence.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { Table, Td, Th } from '#components/ui/table.tsx'
import { toast } from '#components/ui/toast.tsx'
import { count } from '#domain/words.ts'
import type { RouterOutputs } from '#server/api/root.ts'
import { deviceWords } from './device-words.ts'

type Session = RouterOutputs['session']['list'][number]

/** Where one is signed in, and the way to end it there. */
export function Sessions() {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const queryClient = useQueryClient()
  const list = useQuery(trpc.session.list.queryOptions(undefined, { staleTime: 0 }))
  const end = useMutation({
    mutationFn: async (ended: readonly Session[]) => {
      // One after the other: each leaves a record of its own.
      for (const { id } of ended) await client.session.end.mutate({ id })
      return ended.length
    },
    onSuccess: (ended) => toast(`${count(ended, 'session')} ended.`),
    onError: (error) => toast(errorSentence(error), 'bad'),
    onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.session.list.queryKey() }),
  })
  const others = list.data?.filter((session) => !session.isCurrent) ?? []
  const endOthers = () => end.mutate(others)
  useOfferActs(others.length > 0 ? [{ label: 'End all my other sessions', reason: null, run: endOthers }] : [])
  return (
    <Card
      title="Where you are signed in"
      aside={
        others.length > 0 ? (
          <Button tone="danger" size="small" isBusy={end.isPending} onClick={endOthers} className="-my-1">
            End all others
          </Button>
        ) : undefined
      }
    >
      {list.data ? (
        <Table aria-label="Sessions">
          <thead>
            <tr>
              <Th>Device</Th>
              <Th keep="desktop">Address</Th>
              <Th keep="desktop">Signed in</Th>
              <Th>Last seen</Th>
              <Th>
                <span className="sr-only">Acts</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {list.data.map((session) => (
              <tr key={session.id}>
                <Td className="py-1.5" data-tip={session.userAgent}>
                  <span className="flex flex-wrap items-center gap-2">
                    {deviceWords(session.userAgent)}
                    {session.isCurrent ? <Badge>this one</Badge> : null}
                  </span>
                  <span className="block font-mono text-sm text-muted md:hidden">{session.address}</span>
                </Td>
                <Td keep="desktop" className="font-mono text-sm text-muted">
                  {session.address}
                </Td>
                <Td keep="desktop" className="text-muted">
                  <Moment at={session.createdAt} />
                </Td>
                <Td className="text-muted">
                  <Age at={session.lastSeenAt} after=" ago" />
                </Td>
                <Td align="right" className="py-1">
                  <Button
                    tone="quiet"
                    size="small"
                    aria-label={`${session.isCurrent ? 'Sign out of' : 'End'} the session on ${deviceWords(session.userAgent)} from ${session.address}`}
                    isBusy={end.isPending}
                    onClick={() => (session.isCurrent ? void signOut() : end.mutate([session]))}
                  >
                    {session.isCurrent ? 'Sign out' : 'End'}
                  </Button>
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      ) : null}
      <QueryProblem query={list} />
      {list.isPending ? <Skeleton className="h-24" /> : null}
    </Card>
  )
}
