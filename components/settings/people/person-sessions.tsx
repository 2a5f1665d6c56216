'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { deviceWords } from '../device-words.ts'
import { Age } from '#components/time/age.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { errorSentence } from '#components/trpc/error-sentence.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { toast } from '#components/ui/toast.tsx'
import { count } from '#domain/words.ts'
import type { Person } from './user-table.tsx'

/** Where somebody is signed in, and the way to end it there. */
export function PersonSessions({ person, onClose }: { person: Person; onClose: () => void }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { id } = person
  const list = useQuery(trpc.users.sessions.queryOptions({ id }, { staleTime: 0 }))
  const end = useMutation(
    trpc.users.endSession.mutationOptions({
      onSuccess: ({ ended }) => toast(`${count(ended, 'session')} of ${person.name} ended.`),
      onError: (error) => toast(errorSentence(error), 'bad'),
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.users.pathKey() }),
    }),
  )
  const sessions = list.data ?? []
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Where ${person.name} is signed in`}
      description="A session that is ended here asks for the password again at its next request."
      footer={
        <>
          {sessions.length > 0 ? (
            <Button tone="danger" isBusy={end.isPending} onClick={() => end.mutate({ id, session: null })}>
              End all
            </Button>
          ) : null}
          <Button onClick={onClose}>Close</Button>
        </>
      }
    >
      <div className="overflow-y-auto px-5 py-3">
        <ul aria-label="Sessions" className="grid gap-2">
          {sessions.map((session) => (
            <li key={session.id} className="flex items-center justify-between gap-3">
              <span className="min-w-0">
                <span className="font-medium">{deviceWords(session.userAgent)}</span>
                <span className="block text-sm text-muted">
                  <span className="font-mono">{session.address}</span>, last seen{' '}
                  <Age at={session.lastSeenAt} after=" ago" />
                </span>
              </span>
              <Button
                tone="quiet"
                size="small"
                isBusy={end.isPending}
                aria-label={`End the session on ${deviceWords(session.userAgent)} from ${session.address}`}
                onClick={() => end.mutate({ id, session: session.id })}
              >
                End
              </Button>
            </li>
          ))}
        </ul>
        {list.data?.length === 0 ? <p className="text-muted">Nowhere.</p> : null}
        <QueryProblem query={list} />
        {list.isPending ? <Skeleton className="h-16" /> : null}
      </div>
    </Dialog>
  )
}
