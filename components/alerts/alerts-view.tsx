'use client'

import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { useRef, useState } from 'react'
import { useMay, useRoleWords } from '#components/session/session-context.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { Button } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { useRowKeys } from '#components/ui/use-row-keys.ts'
import { filterAlerts, isAlertFiltered, readAlertFilter } from './alert-filter.ts'
import { AlertFilters, showAllAlerts } from './alert-filters.tsx'
import { AlertGroupsList } from './alert-groups-list.tsx'
import { alertsSentence } from './alerts-sentence.ts'
import { AlertsSkeleton } from './alerts-skeleton.tsx'
import { EndedLately } from './ended-lately.tsx'
import { groupAlerts } from './group-alerts.ts'
import { LazySilenceSheet } from './lazy-silence-sheet.tsx'
import { LineGroup } from './line-group.tsx'
import { OpenIncidentList } from './open-incident-list.tsx'
import { openSilence, type OpenedSilence } from './opened-silence.ts'
import { SilenceList } from './silence-list.tsx'
import { StandingStill } from './standing-still.tsx'
import { useActKeys } from './use-act-keys.ts'
import { useAlerts } from './use-alerts.ts'
import { worstIncidentsFirst } from './worst-incidents-first.ts'

/** What is wrong and who looks after it: open incidents, then the alerts; of one cluster, or of all where none is given. */
export function AlertsView({ cluster }: { cluster: string | null }) {
  const filter = readAlertFilter(useSearchParams(), cluster)
  const { live, open } = useAlerts(cluster)
  const clusters = useQuery(useTRPC().clusters.list.queryOptions())
  const may = useMay('incidents.answer')
  const roles = useRoleWords()
  const [silence, setSilence] = useState<OpenedSilence | null>(null)
  const list = useRef<HTMLDivElement>(null)
  useRowKeys(list)
  useActKeys(list)

  if (live.error && !live.data) return <QueryProblem query={live} />
  if (open.error && !open.data) return <QueryProblem query={open} />
  if (!live.data || !open.data) return <AlertsSkeleton />
  const { alerts, silences, muted, standingStill } = live.data
  const incidents = worstIncidentsFirst(open.data.incidents)
  const told = alertsSentence(incidents, groupAlerts(alerts), cluster, clusters.data?.length !== 0)
  const found = filterAlerts(alerts, filter)
  const foundIncidents = filterAlerts(incidents, filter)
  const isEmpty = found.length === 0 && foundIncidents.length === 0
  const onSilence = may
    ? (asked: Pick<OpenedSilence, 'aims' | 'about'>) => setSilence((last) => openSilence(last, asked))
    : undefined
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <div>
        <p className="max-w-[60rem] text-2xl font-medium tracking-[-0.02em] text-balance break-words phone:text-xl">
          {told.sentence}
        </p>
        {told.rest === null ? null : <p className="pt-1.5 text-muted">{told.rest}</p>}
        {may ? null : (
          <p className="pt-1.5 text-muted">
            You look on as {roles}: who has the role operator or admin acknowledges and silences.
          </p>
        )}
      </div>
      <StandingStill standing={standingStill} />
      <AlertFilters filter={filter} cluster={cluster} />
      <div ref={list} className="grid grid-cols-[minmax(0,1fr)] gap-7">
        <OpenIncidentList
          incidents={foundIncidents}
          alerts={alerts}
          withCluster={cluster === null}
          onSilence={onSilence}
        />
        <AlertGroupsList
          groups={groupAlerts(found)}
          silences={silences}
          muted={muted}
          incidents={incidents}
          withCluster={cluster === null}
          onSilence={onSilence}
        />
        {isEmpty && isAlertFiltered(filter) ? (
          <Empty title="No alert matches." action={<Button onClick={showAllAlerts}>Show all alerts</Button>}>
            Sentences, rules, members and clusters are searched for every word.
          </Empty>
        ) : null}
        <LineGroup title="Silences" count={silences.length} hint="Nobody is told of what they match.">
          <SilenceList silences={silences} mayEnd={may} />
        </LineGroup>
        <EndedLately cluster={cluster} filter={filter} />
      </div>
      <LazySilenceSheet opened={silence} onClose={() => setSilence((last) => last && { ...last, isOpen: false })} />
    </div>
  )
}
