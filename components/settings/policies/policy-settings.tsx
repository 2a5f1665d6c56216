'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useMay } from '#components/session/session-context.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { Button } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import type { ApprovalPolicy } from '#domain/approvals/policy.ts'
import { SettingsHead } from '../settings-head.tsx'
import { PolicyCard } from './policy-card.tsx'
import { PolicySheet } from './policy-sheet.tsx'
import { RemovePolicy } from './remove-policy.tsx'

/** Which acts need the approval of others, on which clusters. */
export function PolicySettings() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const list = useQuery(trpc.policies.list.queryOptions())
  const { data: clusters = [] } = useQuery(trpc.clusters.list.queryOptions())
  const mayManage = useMay('policies.manage', 'everywhere')
  const [opened, setOpened] = useState<{ policy: ApprovalPolicy | null; opening: number } | null>(null)
  const [removed, setRemoved] = useState<ApprovalPolicy | null>(null)
  const done = () => {
    void queryClient.invalidateQueries({ queryKey: trpc.policies.pathKey() })
    void queryClient.invalidateQueries({ queryKey: trpc.approvals.pathKey() })
    setOpened(null)
    setRemoved(null)
  }
  const open = (policy: ApprovalPolicy | null) => setOpened({ policy, opening: Date.now() })
  return (
    <div className="grid gap-5">
      <SettingsHead
        sentence="Which acts need the approval of others, on which clusters."
        act={
          mayManage ? (
            <Button onClick={() => open(null)} className="border-line-strong">
              Add a policy
            </Button>
          ) : undefined
        }
      />
      <p className="max-w-prose text-muted">
        A change counts at once, also for what waits: where a policy becomes stricter, requests of before are void.
        Whoever set a policy as it stands does not approve under it.
      </p>
      {list.data?.length === 0 ? (
        <Empty title="No act needs approval.">Everybody does alone what their role allows.</Empty>
      ) : null}
      {list.data?.map((policy) => (
        <PolicyCard
          key={policy.id}
          policy={policy}
          clusters={clusters}
          onChange={mayManage ? () => open(policy) : null}
          onRemove={mayManage ? () => setRemoved(policy) : null}
        />
      ))}
      <QueryProblem query={list} />
      {list.isPending ? <Skeleton className="h-40" /> : null}
      {opened ? (
        <PolicySheet
          key={opened.opening}
          policy={opened.policy}
          clusters={clusters}
          onDone={done}
          onClose={() => setOpened(null)}
        />
      ) : null}
      {removed ? <RemovePolicy policy={removed} onDone={done} onClose={() => setRemoved(null)} /> : null}
    </div>
  )
}
