'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Moment } from '#components/time/moment.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { errorSentence } from '#components/trpc/error-sentence.ts'
import { Button } from '#components/ui/button.tsx'
import { toast } from '#components/ui/toast.tsx'
import type { Silence } from '#domain/alerts/alert.ts'
import { ruleOf } from '#domain/alerts/catalogue/catalogue.ts'

/** The silences that hold now, each with what it holds back, by whom, until when and why. */
export function SilenceList({ silences, mayEnd }: { silences: readonly Silence[]; mayEnd: boolean }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { data: rows = [] } = useQuery(trpc.clusters.list.queryOptions())
  const end = useMutation(
    trpc.silences.end.mutationOptions({
      onSuccess: () => toast('The silence has ended.'),
      onError: (error) => toast(errorSentence(error), 'bad'),
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.alerts.pathKey() }),
    }),
  )
  const nameOf = (id: string | null) =>
    id === null ? 'all clusters' : (rows.find(({ clusterId }) => clusterId === id)?.name ?? 'a cluster')
  return (
    <ul>
      {silences.map((silence) => {
        const { id, reason, createdBy, endsAt } = silence
        const what = aimOf(silence, nameOf(silence.clusterId))
        return (
          <li
            key={id}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4 border-t border-line py-2 phone:grid-cols-1"
          >
            <div className="min-w-0 break-words">
              <p>{what}</p>
              <p className="text-sm text-muted">
                by {createdBy} until <Moment at={endsAt} />: {reason}
              </p>
            </div>
            {mayEnd ? (
              <Button
                size="small"
                tone="quiet"
                aria-label={`End the silence of ${what}`}
                isBusy={end.isPending && end.variables.id === id}
                onClick={() => end.mutate({ id })}
                className="print-hidden phone:justify-self-start"
              >
                End
              </Button>
            ) : null}
          </li>
        )
      })}
    </ul>
  )
}

function aimOf({ ruleId, subject }: Silence, cluster: string): string {
  if (ruleId === null) return subject === null ? `Everything of ${cluster}` : `${subject} of ${cluster}`
  const title = ruleOf(ruleId)?.title ?? ruleId
  return `${title}${subject === null ? '' : ` on ${subject}`}, ${cluster}`
}
