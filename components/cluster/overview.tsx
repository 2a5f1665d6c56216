'use client'

import { useQuery } from '@tanstack/react-query'
import { cx } from 'class-variance-authority'
import { lazy, Suspense, useState } from 'react'
import { useLineState } from '#components/live/live-provider.tsx'
import { useForbidden } from '#components/maintenance/use-forbidden.ts'
import { useOfferActs } from '#components/palette/page-acts.ts'
import { useReinitialise } from '#components/replicas/use-reinitialise.tsx'
import { useMay, useRoleWords } from '#components/session/session-context.tsx'
import { TopologyCard } from '#components/topology/topology-card.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { Empty } from '#components/ui/empty.tsx'
import { useAskedAct } from '#components/url/use-asked-act.ts'
import type { Capability } from '#domain/operation/capability.ts'
import { capabilities } from '#domain/operation/capabilities.ts'
import type { Finding } from '#domain/judgement/finding.ts'
import { withFindings } from '#domain/judgement/findings-of.ts'
import { runningBackupOf } from '#domain/backup/running-backup.ts'
import type { ClusterView } from '#domain/fleet/view.ts'
import { ActSheet } from './act-sheet.tsx'
import { Acts } from './acts.tsx'
import { FindingsCard } from './findings-card.tsx'
import { ForecastCard } from './forecast-card.tsx'
import { LatelyCard } from './lately-card.tsx'
import { MembersCard } from './members-card.tsx'
import type { Judged } from './judge.ts'
import { openAct, type OpenedAct } from './opened-act.ts'
import { TableDropCard } from './table-drop-card.tsx'
import { useJudged } from './use-judged.ts'
import { VerdictLine } from './verdict-line.tsx'

/** Loaded where there is something to tell, which is seldom. */
const OperationNotice = lazy(() => import('./notices.tsx').then(({ OperationNotice: notice }) => ({ default: notice })))
const BackupNotice = lazy(() => import('./notices.tsx').then(({ BackupNotice: notice }) => ({ default: notice })))
const ComingNotice = lazy(() => import('./coming-notice.tsx').then(({ ComingNotice: notice }) => ({ default: notice })))
const IncidentNotice = lazy(() =>
  import('./incident-notice.tsx').then(({ IncidentNotice: notice }) => ({ default: notice })),
)
const ScheduledNotice = lazy(() => import('./notices.tsx').then(({ ScheduledNotice: notice }) => ({ default: notice })))

/** Answers a tired person: what is wrong, what would happen next, what can be done. */
export function Overview({ view }: { view: ClusterView }) {
  const judged = useJudged(view)
  if (!judged) {
    return (
      <Empty title={`The console has not looked at ${view.cluster.name} yet.`}>
        Its first look takes a few seconds. If nothing appears, check that the worker runs.
      </Empty>
    )
  }
  return <Picture view={view} judged={judged} />
}

function Picture({ view, judged }: { view: ClusterView; judged: Judged }) {
  const roles = useRoleWords()
  const mayAct = useMay('switchover.request')
  const { storeReachable } = useLineState()
  const { snapshot, assessment, now, isHearing, deafReason } = judged
  const { data: rows } = useQuery(useTRPC().clusters.list.queryOptions())
  const row = rows?.find(({ clusterId }) => clusterId === snapshot.clusterId)
  const incidents = row?.incidents
  const coming = row?.alerts.coming
  const [sheet, setSheet] = useState<OpenedAct | null>(null)
  const forbidden = useForbidden(view.cluster.name)

  const reinitialise = useReinitialise(view, judged)
  const can = mayAct
    ? capabilities(snapshot, { mayAct, activeOperation: view.activeOperation, storeReachable, now }).map(
        (capability) => {
          const reason = deafReason ?? forbidden(capability.act)
          return reason === null ? capability : { ...capability, isEnabled: false, reason }
        },
      )
    : []
  const names = snapshot.members.map((member) => member.name)
  const open = (act: Capability['act']) => setSheet((last) => openAct(last, act))
  useOfferActs(
    can.map(({ act, label, isEnabled, reason }) => ({
      label,
      reason: isEnabled ? null : (reason ?? 'not possible now'),
      run: () => open(act),
    })),
  )
  useAskedAct((asked) => {
    const capability = can.find(({ act }) => act === asked)
    if (capability) open(capability.act)
  })

  return (
    <div className="grid gap-5">
      <VerdictLine
        verdict={assessment.verdict}
        names={names}
        acts={mayAct ? <Acts capabilities={can} onAct={open} /> : <ReadOnlyLine roles={roles} />}
      />
      <Suspense>
        {incidents?.worst ? <IncidentNotice cluster={view.cluster.name} incidents={incidents} /> : null}
        {coming ? <ComingNotice cluster={view.cluster.name} coming={coming} /> : null}
        {view.activeOperation ? <OperationNotice operation={view.activeOperation} /> : null}
        {view.backupOperation ? <OperationNotice operation={view.backupOperation} /> : null}
        {view.replicaOperation ? <OperationNotice operation={view.replicaOperation} /> : null}
        {snapshot.scheduledSwitchover ? (
          <ScheduledNotice
            scheduled={snapshot.scheduledSwitchover}
            cancel={can.find((capability) => capability.act === 'cancel-scheduled-switchover')}
            onCancel={() => open('cancel-scheduled-switchover')}
          />
        ) : null}
        {view.backupFinding ? <BackupNotice cluster={view.cluster.name} finding={view.backupFinding} /> : null}
      </Suspense>
      <div className={cx('grid gap-3.5 lg:grid-cols-[minmax(0,1fr)_21rem]', !isHearing && 'grayscale')}>
        <div className="contents lg:grid lg:content-start lg:gap-3.5">
          <div className="max-lg:order-2 empty:hidden">
            <FindingsCard
              findings={withFindings(assessment.findings.filter(isNotSaidAbove), view.stackFindings)}
              names={names}
            />
          </div>
          <div className="max-lg:order-4">
            <TopologyCard judged={judged} />
          </div>
          <div className="max-lg:order-3">
            <MembersCard judged={judged} reinitialise={reinitialise.acts} />
          </div>
        </div>
        <div className="contents lg:grid lg:content-start lg:gap-3.5">
          <div className="max-lg:order-1">
            <ForecastCard judged={judged} />
          </div>
          <div className="max-lg:order-1 empty:hidden">
            <TableDropCard view={view} />
          </div>
          <div className="max-lg:order-5">
            <LatelyCard cluster={view.cluster.name} events={view.recentEvents} names={names} />
          </div>
        </div>
      </div>
      <Suspense>
        {sheet ? (
          <ActSheet
            key={sheet.opening}
            sheet={sheet}
            onClose={() => setSheet({ ...sheet, isOpen: false })}
            judged={judged}
            backup={runningBackupOf(view.backupOperation)}
          />
        ) : null}
      </Suspense>
      {reinitialise.sheet}
    </div>
  )
}

/** The notice above tells of it, with the act that takes it back. */
function isNotSaidAbove(finding: Finding): boolean {
  return finding.kind !== 'switchover-scheduled'
}

function ReadOnlyLine({ roles }: { roles: string }) {
  return (
    <p className="text-muted md:max-w-60 md:text-right">
      You look on as {roles}: you see everything and change nothing.
    </p>
  )
}
