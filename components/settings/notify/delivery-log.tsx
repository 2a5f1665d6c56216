'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Moment } from '#components/time/moment.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { errorSentence } from '#components/trpc/error-sentence.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { Button } from '#components/ui/button.tsx'
import { StateMark, type Tone } from '#components/ui/state-mark.tsx'
import { Table, Td, Th } from '#components/ui/table.tsx'
import { toast } from '#components/ui/toast.tsx'
import { isGivenUp, type NotificationRow } from '#domain/alerts/notify/notification-row.ts'
import { SettingsHead } from '../settings-head.tsx'
import { logShown } from './log-shown.ts'

/** What was told lately and what came of it; what was given up can be tried again. */
export function DeliveryLog({ mayManage }: { mayManage: boolean }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const log = useQuery(trpc.notifications.log.queryOptions(logShown, { refetchInterval: 5_000 }))
  const retry = useMutation(
    trpc.notifications.retry.mutationOptions({
      onSuccess: ({ channelName }) => toast(`It is sent to ${channelName} again.`),
      onSettled: () => void queryClient.invalidateQueries({ queryKey: trpc.notifications.log.queryKey() }),
    }),
  )
  const dismiss = useMutation(
    trpc.notifications.dismiss.mutationOptions({
      onSuccess: () => toast('It is dismissed: no alert is made of it.'),
      onSettled: () => void queryClient.invalidateQueries({ queryKey: trpc.notifications.log.queryKey() }),
    }),
  )
  const problem = retry.error ?? dismiss.error
  const rows = log.data?.notifications ?? []
  return (
    <section className="grid gap-4" aria-label="Delivery log">
      <SettingsHead sentence="What was told lately." />
      {log.data && rows.length === 0 ? <p className="text-muted">Nothing was told yet.</p> : null}
      {rows.length > 0 ? (
        <Table aria-label="Notifications">
          <thead>
            <tr>
              <Th keep="desktop">When</Th>
              <Th>Channel</Th>
              <Th>What</Th>
              <Th>Outcome</Th>
              {mayManage ? (
                <Th>
                  <span className="sr-only">Acts</span>
                </Th>
              ) : null}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <Td keep="desktop" className="py-1.5 whitespace-nowrap text-muted">
                  <Moment at={row.createdAt} />
                </Td>
                <Td className="py-1.5 break-words">{row.channelName}</Td>
                <Td className="max-w-96 py-1.5 break-words">
                  {row.told.news === 'ended' ? 'Over: ' : ''}
                  {row.told.cluster}: {row.told.sentence}
                </Td>
                <Td className="max-w-80 py-1.5 break-words">
                  <Outcome row={row} />
                </Td>
                {mayManage ? (
                  <Td align="right" className="py-1.5">
                    {isGivenUp(row) && row.kind !== 'test' ? (
                      <span className="flex flex-wrap justify-end gap-2">
                        <Button
                          tone="quiet"
                          size="small"
                          aria-label={`Try again to tell ${row.channelName}`}
                          isBusy={retry.isPending && retry.variables.id === row.id}
                          onClick={() => retry.mutate({ id: row.id })}
                        >
                          Try again
                        </Button>
                        {row.dismissedAt === null ? (
                          <Button
                            tone="quiet"
                            size="small"
                            aria-label={`Dismiss what ${row.channelName} was not told`}
                            isBusy={dismiss.isPending && dismiss.variables.id === row.id}
                            onClick={() => dismiss.mutate({ id: row.id })}
                          >
                            Dismiss
                          </Button>
                        ) : null}
                      </span>
                    ) : null}
                  </Td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </Table>
      ) : null}
      {problem ? (
        <p role="alert">
          <StateMark tone="bad">{errorSentence(problem)}</StateMark>
        </p>
      ) : null}
      <QueryProblem query={log} />
    </section>
  )
}

function Outcome({ row }: { row: NotificationRow }) {
  const { state, attempts, response, problem, nextAttemptAt, dismissedAt, dismissedBy } = row
  const tries = attempts > 1 ? ` (${attempts} attempts)` : ''
  if (state === 'sent' && problem === null) {
    return (
      <StateMark tone="ok">
        sent{tries}
        <span className="block text-sm text-muted">{response}</span>
      </StateMark>
    )
  }
  const said = problem === null ? null : <span className="block text-sm text-muted">{problem}</span>
  return (
    <StateMark tone={toneOf(row)}>
      {words[state]}
      {tries}
      {state === 'waiting' ? (
        <>
          {' '}
          until <Moment at={nextAttemptAt} />
        </>
      ) : null}
      {dismissedAt === null ? null : (
        <>
          , dismissed by {dismissedBy} <Moment at={dismissedAt} />
        </>
      )}
      {said}
    </StateMark>
  )
}

function toneOf({ state, attempts, dismissedAt }: NotificationRow): Tone {
  if (state === 'waiting' && attempts > 0) return 'warn'
  if (dismissedAt !== null) return 'quiet'
  return state === 'sent' ? 'warn' : tones[state]
}

const tones = { waiting: 'quiet', dead: 'bad', dropped: 'quiet' } as const satisfies Record<string, Tone>
const words = { sent: 'sent, but not to all', waiting: 'waits', dead: 'given up', dropped: 'not sent' } as const
