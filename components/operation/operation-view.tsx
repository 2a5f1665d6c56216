'use client'

import { GivenDecisions } from '#components/approvals/given-decisions.tsx'
import { WaitsForApproval } from '#components/approvals/waits-for-approval.tsx'
import { Age } from '#components/time/age.tsx'
import { Moment } from '#components/time/moment.tsx'
import { paths } from '#components/paths.ts'
import { useMay } from '#components/session/session-context.tsx'
import { Card } from '#components/ui/card.tsx'
import { Spoken } from '#components/ui/spoken.tsx'
import { StateMark, toneText } from '#components/ui/state-mark.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { isEnded, type Operation } from '#domain/operation/operation.ts'
import { capital } from '#domain/words.ts'
import { CancelOperation } from './cancel-operation.tsx'
import { namesIn } from './names-in.ts'
import { OperationProof, OperationResult } from './operation-result.tsx'
import { operationDoing, operationLook, operationName } from './operation-words.ts'
import { QuestionPanel } from './question-panel.tsx'
import { StepList } from './step-list.tsx'

/** One act from its request to its verified outcome. */
export function OperationView({ operation }: { operation: Operation }) {
  const mayAudit = useMay('audit.read')
  const { tone, word } = operationLook(operation)
  const ended = isEnded(operation.state)
  const { question, approval } = operation
  const isProposed = operation.state === 'proposed'
  // Its pages are gone with it.
  const isRemoved = operation.kind === 'remove-cluster' && operation.state === 'succeeded'
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
        {ended || question || isProposed ? null : <CancelOperation operation={operation} />}
      </div>
      {operation.isBreakGlass ? (
        <p className={`font-medium ${toneText.bad}`}>
          <StateMark tone="bad">Break-glass: one person acted alone where a policy asks for approval.</StateMark>
        </p>
      ) : null}
      {isProposed ? <WaitsForApproval operation={operation} /> : null}
      {question && !ended ? <QuestionPanel operation={operation} question={question} names={names} /> : null}
      {ended ? <OperationProof operation={operation} /> : null}
      <div className="grid gap-3.5 lg:grid-cols-[minmax(0,1fr)_21rem]">
        <Card title="Steps" className="self-start">
          <StepList steps={operation.steps} decisions={operation.decisions} names={names} />
        </Card>
        <div className="contents lg:grid lg:content-start lg:gap-3.5">
          {operation.result ? <OperationResult result={operation.result} className="max-lg:order-first" /> : null}
          {approval ? (
            <Card title="Approvals" className="max-lg:order-last">
              <GivenDecisions approval={approval} />
            </Card>
          ) : null}
          <Card title="Request" className="max-lg:order-last">
            <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1.5 [&_dd]:text-right [&_dt]:text-muted">
              <dt>Cluster</dt>
              <dd>
                {isRemoved ? (
                  operation.clusterName
                ) : (
                  <TextLink href={paths.cluster(operation.clusterName)}>{operation.clusterName}</TextLink>
                )}
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
              {isRemoved ? null : <TextLink href={paths.clusterEvents(operation.clusterName)}>Events</TextLink>}
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
  if (operation.state === 'proposed')
    return `${operationName(operation.plan)}: waits for approval, nothing is done yet.`
  if (operation.state === 'planned') return `${operationDoing(operation.plan)}: waiting for a worker to begin.`
  return present ? `${operationDoing(operation.plan)}.` : `${operationDoing(operation.plan)} has begun.`
}
