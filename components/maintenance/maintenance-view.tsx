'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { LineGroup } from '#components/alerts/line-group.tsx'
import { useOfferActs } from '#components/palette/page-acts.ts'
import { useMay, useRoleWords } from '#components/session/session-context.tsx'
import { ConfirmAct } from '#components/settings/confirm-act.tsx'
import { useNow } from '#components/time/clock-provider.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { Button } from '#components/ui/button.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { toast } from '#components/ui/toast.tsx'
import { useQueryParam } from '#components/url/use-query-params.ts'
import { endOf, isGoingOn, overWords, type MaintenanceWindow } from '#domain/maintenance/window.ts'
import { ExtendSheet } from './extend-sheet.tsx'
import { windowsAsked } from './windows-asked.ts'
import { StartSheet } from './start-sheet.tsx'
import { WindowList } from './window-list.tsx'
import { windowsSentence } from './windows-sentence.ts'

/** Planned work: what goes on, what is to come and what was. */
export function MaintenanceView() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const now = useNow()
  const may = useMay('maintenance.manage', 'anywhere')
  const roles = useRoleWords()
  const list = useQuery(trpc.maintenance.list.queryOptions(windowsAsked))
  const [adding, setAdding] = useQueryParam('add')
  const [extended, setExtended] = useState<MaintenanceWindow | null>(null)
  const [ended, setEnded] = useState<MaintenanceWindow | null>(null)
  const end = useMutation(
    trpc.maintenance.end.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries({ queryKey: trpc.maintenance.pathKey() })
        toast('The maintenance has ended.')
        setEnded(null)
      },
    }),
  )
  const windows = list.data?.windows ?? []
  const going = windows.filter((window) => isGoingOn(window, now))
  const coming = windows.filter((window) => window.startsAt > now && window.endedAt === null)
  const past = windows.filter((window) => endOf(window) <= now)
  const begin = () => setAdding('all')
  useOfferActs(may ? [{ label: 'Begin maintenance', reason: null, run: begin }] : [])
  const acts = may ? { onExtend: setExtended, onEnd: setEnded } : null
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div>
          <p className="max-w-[60rem] text-2xl font-medium tracking-[-0.02em] text-balance phone:text-xl">
            {list.data ? windowsSentence(going, coming, now) : 'Maintenance'}
          </p>
          <p className="pt-1.5 text-muted">
            While it goes on, alerts are kept and nobody is told of them; those that still fire at its end are told
            then.
            {may ? '' : ` You look on as ${roles}: who has the role operator or admin begins and ends it.`}
          </p>
        </div>
        {may ? (
          <Button tone="strong" onClick={begin}>
            Begin maintenance
          </Button>
        ) : null}
      </div>
      <QueryProblem query={list} />
      {list.isPending ? <Skeleton className="h-40" /> : null}
      <LineGroup title="Goes on" count={going.length}>
        <WindowList windows={going} acts={acts} />
      </LineGroup>
      <LineGroup title="To come" count={coming.length}>
        <WindowList windows={coming} acts={acts} />
      </LineGroup>
      <LineGroup title="Ended" count={past.length}>
        <WindowList windows={past} acts={null} />
      </LineGroup>
      <StartSheet key={`start ${adding}`} over={adding} isOpen={adding !== '' && may} onClose={() => setAdding('')} />
      {extended ? <ExtendSheet key={extended.id} window={extended} onClose={() => setExtended(null)} /> : null}
      {ended ? (
        <ConfirmAct
          act={`End maintenance on ${overWords(ended)}`}
          sentence="Alerts that still fire are told from now on."
          isBusy={end.isPending}
          error={end.error}
          onConfirm={() => end.mutate({ id: ended.id })}
          onClose={() => {
            end.reset()
            setEnded(null)
          }}
        />
      ) : null}
    </div>
  )
}
