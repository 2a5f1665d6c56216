'use client'

import { cx } from 'class-variance-authority'
import type { ReactNode } from 'react'
import { useNow } from '#components/time/clock-provider.tsx'
import { Moment } from '#components/time/moment.tsx'
import { Spoken } from '#components/ui/spoken.tsx'
import { StateIcon, type Tone } from '#components/ui/state-mark.tsx'
import { formatDuration } from '#domain/format.ts'
import type { OperationStep } from '#domain/operation/operation.ts'
import type { Decision } from '#domain/operation/question.ts'
import { Icon } from '#components/ui/icon.tsx'
import { DecisionLine } from './decision-line.tsx'
import { foldSteps } from './fold-steps.ts'
import { StepOutput } from './step-output.tsx'

interface StepListProps {
  steps: readonly OperationStep[]
  decisions?: readonly Decision[]
  names: readonly string[]
}

/** The steps down the page, each with its clock; the present one stands open, and of a long course what is near it. */
export function StepList({ steps, decisions = [], names }: StepListProps) {
  const rows = foldSteps(steps)
  const stepOf = (step: OperationStep, isLast: boolean) => (
    <Step
      key={step.n}
      step={step}
      decision={decisions.find((each) => each.step === step.n) ?? null}
      names={names}
      isLast={isLast}
    />
  )
  return (
    <ol aria-label="Steps" className="grid">
      {rows.map((row, index) => {
        const isLast = index === rows.length - 1
        if (row.kind === 'step') return stepOf(row.step, isLast)
        const isLastOf = (step: OperationStep) => step.n === row.steps.at(-1)?.n
        return (
          <Folded key={`fold ${row.steps[0]?.n}`} label={row.label} isLast={isLast}>
            {row.steps.map((step) => stepOf(step, isLastOf(step)))}
          </Folded>
        )
      })}
    </ol>
  )
}

/** Steps told in one line; the browser opens them, also for its search. */
function Folded({ label, isLast, children }: { label: string; isLast: boolean; children: ReactNode }) {
  return (
    <li className="relative pb-4 last:pb-0">
      {isLast ? null : <span aria-hidden="true" className="absolute top-6 bottom-0 left-[6.5px] w-px bg-line" />}
      <details className="group/fold">
        <summary className="inline-flex min-h-6 cursor-pointer list-none items-center gap-3 text-muted hover:text-text phone:min-h-11">
          <Icon
            name="chevron-right"
            className="relative size-3.5 bg-panel transition-transform duration-100 group-open/fold:rotate-90"
          />
          {label}
        </summary>
        <ol className="grid pt-3">{children}</ol>
      </details>
    </li>
  )
}

interface StepProps {
  step: OperationStep
  decision: Decision | null
  names: readonly string[]
  isLast: boolean
}

function Step({ step, decision, names, isLast }: StepProps) {
  const { tone, word } = stepLooks[step.state]
  const isPresent = step.state === 'running'
  const isAhead = step.state === 'pending' || step.state === 'skipped'
  return (
    <li
      aria-current={isPresent ? 'step' : undefined}
      className="relative grid grid-cols-[1.25rem_minmax(0,1fr)_auto] gap-x-3 pb-4 last:pb-0"
    >
      {isLast ? null : <span aria-hidden="true" className="absolute top-5 bottom-0 left-[6.5px] w-px bg-line" />}
      <StepIcon state={step.state} tone={tone} />
      <div className="grid min-w-0 gap-1">
        <p className={cx('font-medium', isAhead && 'font-normal text-muted', isPresent && 'text-md')}>
          <Spoken sentence={step.title} names={names} isStrong={false} />
          <span className="sr-only">, {word}</span>
        </p>
        {step.detail ? (
          <p className={step.state === 'failed' ? 'text-text' : 'text-muted'}>
            <Spoken sentence={step.detail} names={names} isStrong={false} />
          </p>
        ) : null}
        {step.state === 'skipped' && !step.detail ? <p className="text-muted">Skipped.</p> : null}
        {decision ? <DecisionLine decision={decision} /> : null}
        <Output step={step} isPresent={isPresent} />
      </div>
      <StepClock step={step} />
    </li>
  )
}

function Output({ step, isPresent }: { step: OperationStep; isPresent: boolean }) {
  if (step.output.length === 0) return null
  if (isPresent) return <StepOutput lines={step.output} isLive />
  return (
    <details className="group">
      <summary className="inline-flex min-h-6 cursor-pointer list-none items-center gap-1 text-sm text-faint hover:text-text phone:min-h-11">
        <Icon name="chevron-right" className="size-3.5 transition-transform duration-100 group-open:rotate-90" />
        {step.output.length === 1 ? '1 line' : `${step.output.length} lines`}
      </summary>
      <StepOutput lines={step.output} isLive={false} />
    </details>
  )
}

function StepClock({ step }: { step: OperationStep }) {
  const now = useNow()
  if (!step.startedAt) return <span />
  const lastedMs = (step.endedAt ?? now).getTime() - step.startedAt.getTime()
  return (
    <span className="flex items-baseline gap-4 text-sm whitespace-nowrap">
      <Moment at={step.startedAt} shape="clock" className="text-faint phone:hidden" />
      <span className={cx('min-w-14 text-right', step.endedAt ? 'text-muted' : 'text-text')}>
        {formatDuration(lastedMs)}
      </span>
    </span>
  )
}

function StepIcon({ state, tone }: { state: OperationStep['state']; tone: Tone }) {
  if (state !== 'running') return <StateIcon tone={tone} className="relative mt-[3px] bg-panel" />
  return (
    <span aria-hidden="true" className="relative mt-[3px] grid size-3.5 place-items-center rounded-full bg-panel">
      <span className="size-3.5 animate-spin rounded-full border-[1.5px] border-info border-t-transparent motion-reduce:animate-none" />
    </span>
  )
}

const stepLooks = {
  pending: { tone: 'quiet', word: 'to come' },
  running: { tone: 'info', word: 'under way' },
  done: { tone: 'ok', word: 'done' },
  failed: { tone: 'bad', word: 'failed' },
  unknown: { tone: 'warn', word: 'outcome unknown' },
  skipped: { tone: 'quiet', word: 'skipped' },
} as const satisfies Record<OperationStep['state'], { tone: Tone; word: string }>
