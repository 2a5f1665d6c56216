'use client'

import type { Alert, Incident } from '#domain/alerts/alert.ts'
import { IncidentLine } from './incident-line.tsx'
import { LineGroup } from './line-group.tsx'
import type { OpenedSilence } from './opened-silence.ts'
import { aimsOfIncident } from './silence-aims.ts'
import { useAcknowledge } from './use-acknowledge.ts'

interface OpenIncidentListProps {
  incidents: readonly Incident[]
  /** All that go on, those of the incidents among them. */
  alerts: readonly Alert[]
  withCluster: boolean
  /** Absent for who only reads. */
  onSilence: ((asked: Pick<OpenedSilence, 'aims' | 'about'>) => void) | undefined
}

/** The incidents that are open, each with its acts. */
export function OpenIncidentList({ incidents, alerts, withCluster, onSilence }: OpenIncidentListProps) {
  const acknowledge = useAcknowledge()
  return (
    <LineGroup title="Open incidents" count={incidents.length}>
      <ol className="border-b border-line">
        {incidents.map((incident) => {
          const { id, number, clusterName, sentence } = incident
          const aims = () =>
            aimsOfIncident(
              clusterName,
              alerts.filter(({ incidentId }) => incidentId === id),
            )
          return (
            <IncidentLine
              key={id}
              incident={incident}
              withCluster={withCluster}
              acts={
                onSilence && {
                  isBusy: acknowledge.isPending && acknowledge.variables.number === number,
                  onAcknowledge: () => acknowledge.mutate({ number }),
                  onSilence: () => onSilence({ aims: aims(), about: `Incident ${number}: ${sentence}` }),
                }
              }
            />
          )
        })}
      </ol>
    </LineGroup>
  )
}
