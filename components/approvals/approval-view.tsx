'use client'

import { namesIn } from '#components/operation/names-in.ts'
import { PlanView } from '#components/operation/plan-view.tsx'
import { operationName } from '#components/operation/operation-words.ts'
import { paths } from '#components/paths.ts'
import { useMay } from '#components/session/session-context.tsx'
import { Age } from '#components/time/age.tsx'
import { Moment } from '#components/time/moment.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Card } from '#components/ui/card.tsx'
import { StateIcon } from '#components/ui/state-mark.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { ApprovalView as View } from '#domain/approvals/view.ts'
import { DecideCard } from './decide-card.tsx'
import { GivenDecisions } from './given-decisions.tsx'
import { RunCard } from './run-card.tsx'
import { StandingMark } from './standing-mark.tsx'

/** Everything that must be known before somebody else's act is approved, good to read on a phone. */
export function ApprovalView({ view }: { view: View }) {
  const { operation, standing, since, isMine } = view
  const mayApprove = useMay('operations.approve')
  const isOpen = standing.kind !== 'over'
  return (
    <div className="grid gap-5">
      <div className="grid gap-1.5">
        <p className="font-medium">
          <StandingMark standing={standing} />
        </p>
        <p className="text-2xl font-medium tracking-[-0.02em] text-balance phone:text-xl">
          {operation.requestedBy.name} asks: {operationName(operation.plan)}
        </p>
        <p className="flex flex-wrap items-center gap-2 text-muted">
          <Badge>{operation.clusterName}</Badge>
          <span>
            asked <Age at={operation.requestedAt} after=" ago" />
          </span>
          <TextLink href={paths.operation(operation.id)}>The operation</TextLink>
        </p>
      </div>
      {standing.kind === 'over' ? <p className="max-w-prose">{standing.sentence}</p> : null}
      <div className="grid gap-3.5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid content-start gap-3.5">
          <Card title="Why">
            <p className="text-lg break-words whitespace-pre-line">{operation.reason}</p>
          </Card>
          <Card title="The plan" aside={<Moment at={operation.plan.madeAt} shape="full" />}>
            <PlanView plan={operation.plan} names={namesIn(operation)} />
          </Card>
          <Card title={isOpen ? 'Changed since it was asked for' : 'Changed while it waited'}>
            {since.length === 0 ? (
              <p className="text-muted">
                {isOpen ? 'Nothing: the cluster stands as it did.' : 'Nothing: the cluster stood as it did.'}
              </p>
            ) : (
              <ul className="grid gap-1.5">
                {since.map((event) => (
                  <li key={event.id} className="grid grid-cols-[auto_minmax(0,1fr)] gap-2.5">
                    <StateIcon tone={tones[event.severity]} className="mt-[3px]" />
                    <span className="break-words">
                      <Moment at={event.at} shape="clock" className="text-muted" /> {event.sentence}
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </Card>
        </div>
        <div className="grid content-start gap-3.5 phone:order-last">
          {operation.approval ? (
            <Card title="Approvals">
              <GivenDecisions approval={operation.approval} />
            </Card>
          ) : null}
          {isOpen && isMine ? <RunCard view={view} /> : null}
          {isOpen && !isMine && mayApprove ? <DecideCard view={view} /> : null}
          {isOpen && !isMine && !mayApprove ? (
            <p className="text-muted">Whoever has the right to approve decides on it.</p>
          ) : null}
        </div>
      </div>
    </div>
  )
}

const tones = { critical: 'bad', warning: 'warn', info: 'info' } as const
