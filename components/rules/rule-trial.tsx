'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useSettled } from '#components/restore/use-settled.ts'
import { Moment } from '#components/time/moment.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { formatDuration } from '#domain/format.ts'
import type { RuleBody } from './rule-form.ts'

interface RuleTrialProps {
  cluster: string
  rule: string
  /** As it would be; null while a field makes no sense. */
  body: RuleBody | null
  /** Why it cannot be tried; null = it can. */
  untriable: string | null
}

/** What a rule would have done within the last week, were it as the form has it. */
export function RuleTrial({ cluster, rule, body, untriable }: RuleTrialProps) {
  const text = useSettled(body === null ? null : JSON.stringify(body), 500)
  const asked: RuleBody = text === null ? {} : JSON.parse(text)
  // Whether it is on, or how bad, changes nothing of when.
  const { isEnabled: _on, severity: _bad, ...values } = asked
  const trial = useQuery(
    useTRPC().alerts.tryRule.queryOptions(
      { cluster, rule, ...values },
      {
        enabled: untriable === null && text !== null,
        placeholderData: keepPreviousData,
        staleTime: 60_000,
        // A console that has just begun to watch will know soon; what goes on now belongs to the week too.
        refetchInterval: ({ state }) => (state.data?.isTried === false ? 10_000 : 30_000),
        retry: false,
      },
    ),
  )
  return (
    <section
      aria-label="Within the last week"
      aria-live="polite"
      className="grid gap-1.5 rounded-md border border-line px-4 py-3"
    >
      {untriable === null ? <QueryProblem query={trial} /> : <p className="text-muted">{untriable}</p>}
      {untriable === null && body === null ? (
        <p className="text-muted">What it would have done is said once the fields make sense.</p>
      ) : null}
      {trial.data && body !== null ? (
        <>
          <p className={trial.isFetching ? 'text-muted' : 'font-medium'}>{trial.data.sentence}</p>
          <ol className="grid gap-0.5 text-sm text-muted">
            {trial.data.firings.slice(0, shownAtMost).map(({ subject, firedAt, resolvedAt }) => (
              <li key={`${subject} ${firedAt.toISOString()}`}>
                <Moment at={firedAt} /> on {subject},{' '}
                {resolvedAt === null
                  ? 'and would still'
                  : `for ${formatDuration(resolvedAt.getTime() - firedAt.getTime())}`}
              </li>
            ))}
          </ol>
        </>
      ) : null}
      {trial.isLoading ? <Skeleton className="h-5 w-64" /> : null}
    </section>
  )
}

const shownAtMost = 5
