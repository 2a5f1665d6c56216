'use client'

import { Age } from '#components/time/age.tsx'
import { Moment } from '#components/time/moment.tsx'
import { paths } from '#components/paths.ts'
import { useMay } from '#components/session/session-context.tsx'
import { Card } from '#components/ui/card.tsx'
import { Spoken } from '#components/ui/spoken.tsx'
import { StateMark, toneText } from '#components/ui/state-mark.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { isEnded, type Operation } from '#domain/operation.ts'
import { isSwitchoverPlan, type Plan } from '#domain/plan.ts'
import type { SwitchoverPlan } from '#domain/switchover-plan.ts'
import { capital } from '#domain/words.ts'
import { CancelOperation } from './cancel-operation.tsx'
import { OperationProof, OperationResult } from './operation-result.tsx'
import { operationDoing, operationLook } from './operation-words.ts'
import { QuestionPanel } from './question-panel.tsx'
import { StepList } from './step-list.tsx'

/** One act from its request to its verified outcome. */
export function OperationView({ operation }: { operation: Operation }) {
  const mayAudit = useMay('audit.read')
  const { tone, word } = operationLook(operation)
  const ended = isEnded(operation.state)
  const { question } = operation
  const names = namesIn(operation)
  return (
    <div className="grid gap-5">
      <div className="grid items-end gap-x-8 gap-y-4 md:grid-cols-[minmax(0,1fr)_auto]">
        <div>
          <StateMark tone={tone} className={`font-medium ${toneText[tone]}`}>
            {capital(word)}
          </StateMark>
          <p className="max-w-[46ch] pt-1.5 text-2xl font-medium tracking-[-0.02em] text-balance phone:text-xl">
            <Spoken sentence={sentenceOf(operation)} names={names} isStrong={false} />
          </p>
        </div>
        {ended || question ? null : <CancelOperation operation={operation} />}
      </div>
      {question && !ended ? <QuestionPanel operation={operation} question={question} names={names} /> : null}
      {ended ? <OperationProof operation={operation} /> : null}
      <div className="grid gap-3.5 lg:grid-cols-[minmax(0,1fr)_21rem]">
        <Card title="Steps" className="self-start">
          <StepList steps={operation.steps} decisions={operation.decisions} names={names} />
        </Card>
        <div className="contents lg:grid lg:content-start lg:gap-3.5">
          {operation.result ? <OperationResult result={operation.result} className="max-lg:order-first" /> : null}
          <Card title="Request" className="max-lg:order-last">
            <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1.5 [&_dd]:text-right [&_dt]:text-muted">
              <dt>Cluster</dt>
              <dd>
                <TextLink href={paths.cluster(operation.clusterName)}>{operation.clusterName}</TextLink>
              </dd>
              <dt>Asked by</dt>
              <dd className="truncate">{operation.requestedBy.name}</dd>
              <dt>Asked</dt>
              <dd>
                <Moment at={operation.requestedAt} shape="full" />
              </dd>
              {operation.endedAt ? (
                <>
                  <dt>Ended</dt>
                  <dd>
                    <Age at={operation.endedAt} after=" ago" />
                  </dd>
                </>
              ) : null}
            </dl>
            <p className="pt-3 text-muted">Reason</p>
            <p className="break-words whitespace-pre-line">{operation.reason}</p>
            <p className="flex gap-4 pt-3">
              {mayAudit ? (
                <TextLink href={paths.audit({ operation: operation.id, cluster: operation.clusterName })}>
                  Audit record
                </TextLink>
              ) : null}
              <TextLink href={paths.clusterEvents(operation.clusterName)}>Events</TextLink>
            </p>
          </Card>
        </div>
      </div>
    </div>
  )
}

function sentenceOf(operation: Operation): string {
  if (operation.question && !isEnded(operation.state)) {
    return `${operationDoing(operation.plan)}: it waits until somebody decides how it goes on.`
  }
  if (operation.outcome) return operation.outcome
  const present = operation.steps.find((step) => step.state === 'running')
  if (operation.state === 'planned') return `${operationDoing(operation.plan)}: waiting for a worker to begin.`
  return present ? `${operationDoing(operation.plan)}.` : `${operationDoing(operation.plan)} has begun.`
}

function namesIn({ plan }: Operation): string[] {
  const others = isSwitchoverPlan(plan) ? plan.candidates.map((candidate) => candidate.name) : nodesIn(plan)
  return [...new Set([plan.leader, ...others])].filter((name) => name !== '')
}

function nodesIn(plan: Exclude<Plan, SwitchoverPlan>): string[] {
  if (plan.kind === 'restore') return [plan.node, ...plan.replicas]
  if (plan.kind === 'signal-backend') return [plan.member]
  if (plan.kind === 'haproxy-command') return [plan.server]
  if (plan.kind === 'pooler-command' || plan.kind === 'pooler-pause') return plan.nodes
  return 'node' in plan ? [plan.node] : plan.kept.map(({ node }) => node)
}
