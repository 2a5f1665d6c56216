import { Card } from '#components/ui/card.tsx'
import { Spoken } from '#components/ui/spoken.tsx'
import { formatBytes } from '#domain/format.ts'
import type { Judged } from './judge.ts'

/** What would happen if the leader died at this moment. */
export function ForecastCard({ judged }: { judged: Judged }) {
  const { snapshot, assessment } = judged
  const { forecast } = assessment
  const names = snapshot.members.map((member) => member.name)
  return (
    <Card title={snapshot.leader ? `If ${snapshot.leader.name} died now` : 'Who could lead'}>
      <p className="pb-3 text-lg tracking-[-0.01em] text-pretty">
        <Spoken sentence={forecast.sentence} names={[...names, 'Nobody']} />
      </p>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1.5 [&_dt]:text-muted">
        {forecast.candidates.map((candidate) => (
          <div key={candidate.name} className="contents">
            <dt>{candidate.name}</dt>
            <dd>{candidate.reason}</dd>
          </div>
        ))}
        {forecast.allowedLagBytes === null ? null : (
          <div className="contents">
            <dt>Allowed lag</dt>
            <dd data-tip={`maximum_lag_on_failover: ${forecast.allowedLagBytes.toLocaleString('en-US')} bytes`}>
              {formatBytes(forecast.allowedLagBytes)}
            </dd>
          </div>
        )}
        {forecast.quorum ? (
          <div className="contents">
            <dt>Quorum</dt>
            <dd>
              etcd {forecast.quorum.up} of {forecast.quorum.of}
            </dd>
          </div>
        ) : null}
      </dl>
    </Card>
  )
}
