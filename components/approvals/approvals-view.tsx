'use client'

import { useQuery } from '@tanstack/react-query'
import { operationName } from '#components/operation/operation-words.ts'
import { paths } from '#components/paths.ts'
import { Age } from '#components/time/age.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { ApprovalRow } from '#domain/approvals/view.ts'
import { count } from '#domain/words.ts'
import { StandingMark } from './standing-mark.tsx'

/** What waits for approval, the oldest first: what the viewer can decide stands above the rest. */
export function ApprovalsView() {
  const list = useQuery(useTRPC().approvals.list.queryOptions(undefined, { refetchInterval: 5_000 }))
  if (!list.data) return list.isPending ? <Skeleton className="h-48 rounded-lg" /> : <QueryProblem query={list} />
  if (list.data.length === 0) {
    return (
      <Empty title="Nothing waits for approval.">
        Where a policy asks for a second person, what was asked for appears here until it is decided, run, or its time
        is over.
      </Empty>
    )
  }
  const forMe = list.data.filter(({ isForMe }) => isForMe)
  const others = list.data.filter(({ isForMe }) => !isForMe)
  return (
    <div className="grid gap-6">
      <p className="text-2xl font-medium tracking-[-0.02em] text-balance phone:text-xl">{waitingSentence(list.data)}</p>
      {forMe.length === 0 ? null : <Rows title="For you to decide" rows={forMe} />}
      {others.length === 0 ? null : <Rows title={forMe.length === 0 ? 'Waiting' : 'Others'} rows={others} />}
    </div>
  )
}

function waitingSentence(rows: readonly ApprovalRow[]): string {
  const forMe = rows.filter(({ isForMe }) => isForMe).length
  if (forMe > 0) return `${count(forMe, 'request waits', 'requests wait')} for your decision.`
  const open = rows.filter(({ standing }) => standing.kind === 'open').length
  if (open > 0) return `${count(open, 'request waits', 'requests wait')} for the approval of others.`
  return `${count(rows.length, 'approved request waits', 'approved requests wait')} to be run.`
}

function Rows({ title, rows }: { title: string; rows: readonly ApprovalRow[] }) {
  return (
    <section aria-label={title}>
      <h2 className="pb-1.5 text-sm text-muted">{title}</h2>
      <ul className="border-b border-line">
        {rows.map((row) => (
          <li
            key={row.id}
            className="grid gap-1 border-t border-line py-3 md:grid-cols-[minmax(0,1fr)_auto] md:gap-x-6"
          >
            <div className="grid gap-1">
              <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
                <TextLink href={paths.approval(row.id)} className="font-medium">
                  {operationName(row.plan)}
                </TextLink>
                <Badge>{row.clusterName}</Badge>
                {row.isMine ? <Badge>asked by you</Badge> : null}
              </p>
              <p className="break-words text-muted">
                {row.requestedBy.name}, <Age at={row.requestedAt} after=" ago" />: {row.reason}
              </p>
            </div>
            <p className="md:text-right">
              <StandingMark standing={row.standing} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
