'use client'

import { useQuery } from '@tanstack/react-query'
import { useMay } from '#components/session/session-context.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { ReadOnlyNote } from '../read-only-note.tsx'
import { SettingsHead } from '../settings-head.tsx'
import { KeptFields } from './kept-fields.tsx'
import { KeptTable } from './kept-table.tsx'

/** For how long what was sampled of all clusters is kept, and what that costs. */
export function HistorySettings() {
  const mayManage = useMay('history.manage', 'everywhere')
  const kept = useQuery(useTRPC().history.kept.queryOptions())
  return (
    <div className="grid gap-5">
      <SettingsHead sentence="How long the values of charts are kept." />
      <p className="max-w-[70ch] text-muted">
        A value is kept every 10 s of each member, and rolled up by the minute, ten minutes, hour and day. Charts show
        the finest that is still there.
      </p>
      {mayManage ? null : <ReadOnlyNote>An administrator changes how long values are kept.</ReadOnlyNote>}
      {kept.data && mayManage ? <KeptFields levels={kept.data.levels} /> : null}
      {kept.data && !mayManage ? <KeptTable levels={kept.data.levels} /> : null}
      <QueryProblem query={kept} />
      {kept.isPending ? <Skeleton className="h-64" /> : null}
    </div>
  )
}
