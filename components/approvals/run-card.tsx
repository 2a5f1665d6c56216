'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { CancelOperation } from '#components/operation/cancel-operation.tsx'
import { useOpenOperation } from '#components/operation/use-open-operation.ts'
import { useTRPC } from '#components/trpc/context.ts'
import { errorSentence } from '#components/trpc/error-sentence.ts'
import { Button } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { ErrorPanel } from '#components/ui/error-panel.tsx'
import type { ApprovalView } from '#domain/approvals/view.ts'
import { formatDuration } from '#domain/format.ts'
import { count } from '#domain/words.ts'

/** What whoever asked can do: run it once it is approved, or take it back. */
export function RunCard({ view }: { view: Pick<ApprovalView, 'operation' | 'standing' | 'need'> }) {
  const { operation, standing, need } = view
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const open = useOpenOperation()
  const run = useMutation(
    trpc.approvals.run.mutationOptions({
      onSuccess: (running) => {
        void queryClient.invalidateQueries({ queryKey: trpc.approvals.pathKey() })
        open(running)
      },
    }),
  )
  const missing = standing.kind === 'open' ? `${count(standing.missing, 'approval')} missing still.` : null
  return (
    <Card title="Your request" className="print-hidden">
      <div className="grid gap-4">
        <p className="text-muted">
          {standing.kind === 'approved'
            ? 'It is approved: run it now. It is planned anew before it begins, and refused where anything has changed.'
            : `Others were asked. Once it is approved, run it within ${formatDuration((need?.runWithinSeconds ?? 900) * 1000)}.`}
        </p>
        {run.error ? <ErrorPanel sentence={errorSentence(run.error)} /> : null}
        <div className="flex flex-wrap gap-2 phone:*:flex-1">
          <CancelOperation operation={operation} />
          <Button
            tone="strong"
            disabledReason={missing}
            isBusy={run.isPending || run.isSuccess}
            onClick={() => run.mutate({ id: operation.id })}
          >
            Run now
          </Button>
        </div>
      </div>
    </Card>
  )
}
