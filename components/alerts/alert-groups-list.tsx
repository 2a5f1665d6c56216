'use client'

import { useCoarseNow } from '#components/time/coarse-now.ts'
import type { Alert, Incident, Silence } from '#domain/alerts/alert.ts'
import { sentenceOf } from '#domain/alerts/incident-of.ts'
import { silencedBy } from '#domain/alerts/silenced.ts'
import { AlertLine, type Muted } from './alert-line.tsx'
import type { AlertGroups } from './group-alerts.ts'
import { LineGroup } from './line-group.tsx'
import type { OpenedSilence } from './opened-silence.ts'
import { aimsOfAlert } from './silence-aims.ts'

interface AlertGroupsListProps {
  groups: AlertGroups
  silences: readonly Silence[]
  /** Clusters under maintenance. */
  muted: readonly Muted[]
  /** The open ones, for their numbers. */
  incidents: readonly Incident[]
  withCluster: boolean
  /** Absent for who only reads. */
  onSilence: ((asked: Pick<OpenedSilence, 'aims' | 'about'>) => void) | undefined
}

/** The alerts that go on, by what is known of them. */
export function AlertGroupsList({ groups, silences, muted, incidents, withCluster, onSilence }: AlertGroupsListProps) {
  const now = useCoarseNow()
  const numbers = new Map(incidents.map(({ id, number }) => [id, number]))
  const lines = (alerts: readonly Alert[]) => (
    <ol className="border-b border-line">
      {alerts.map((alert) => (
        <AlertLine
          key={alert.id}
          alert={alert}
          withCluster={withCluster}
          silence={silencedBy(alert, silences, now)}
          muted={muted.find(({ clusterId, until }) => clusterId === alert.clusterId && until > now) ?? null}
          incident={numbers.get(alert.incidentId ?? '') ?? null}
          onSilence={onSilence && (() => onSilence({ aims: aimsOfAlert(alert), about: sentenceOf(alert) }))}
        />
      ))}
    </ol>
  )
  return titles.map(({ group, title, hint }) => (
    <LineGroup key={group} title={title} count={groups[group].length} hint={hint}>
      {lines(groups[group])}
    </LineGroup>
  ))
}

const titles = [
  { group: 'firing', title: 'Firing', hint: '' },
  {
    group: 'unknown',
    title: 'Cannot be seen',
    hint: 'They held when last seen. They neither end nor begin until the console can tell.',
  },
  {
    group: 'pending',
    title: 'Pending',
    hint: 'They hold, and fire once they have held for as long as their rule says.',
  },
  { group: 'explained', title: 'Explained by an operation', hint: 'Nobody is told of them unless they outlast it.' },
] as const satisfies readonly { group: keyof AlertGroups; title: string; hint: string }[]
