'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Moment } from '#components/time/moment.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { errorSentence } from '#components/trpc/error-sentence.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { Card } from '#components/ui/card.tsx'
import { CheckBox } from '#components/ui/check-box.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { StateIcon } from '#components/ui/state-mark.tsx'
import { toast } from '#components/ui/toast.tsx'

/** Whether whoever may act here must have a second factor; for administrators. */
export function FactorPolicy() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const policy = useQuery(trpc.factors.policy.queryOptions())
  const set = useMutation(
    trpc.factors.setPolicy.mutationOptions({
      onSuccess: ({ secondFactor }) => {
        void queryClient.invalidateQueries({ queryKey: trpc.factors.pathKey() })
        toast(secondFactor === 'required' ? 'A second factor is required now.' : 'A second factor is left to each.')
      },
    }),
  )
  return (
    <Card title="Second factor">
      {policy.data ? (
        <div className="grid gap-2">
          <CheckBox
            label="Whoever may act here must have a second factor"
            hint="Everybody but viewers. Who has none registers one before anything else, from the next request on. Tokens are not asked."
            isChecked={policy.data.secondFactor === 'required'}
            onChange={(isRequired) => set.mutate({ secondFactor: isRequired ? 'required' : 'optional' })}
          />
          {policy.data.changedAt ? (
            <p className="text-sm text-muted">
              Set by {policy.data.changedBy} <Moment at={policy.data.changedAt} />
            </p>
          ) : null}
          {set.error ? (
            <p role="alert" className="flex items-start gap-2.5">
              <StateIcon tone="bad" className="mt-[3px]" />
              <span>{errorSentence(set.error)}</span>
            </p>
          ) : null}
        </div>
      ) : null}
      <QueryProblem query={policy} />
      {policy.isPending ? <Skeleton className="h-12" /> : null}
    </Card>
  )
}
