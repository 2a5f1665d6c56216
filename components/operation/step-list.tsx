'use client'

import { cx } from 'class-variance-authority'
import { useNow } from '#components/time/clock-provider.tsx'
import { Moment } from '#components/time/moment.tsx'
import { Spoken } from '#components/ui/spoken.tsx'
import { StateIcon, type Tone } from '#components/ui/state-mark.tsx'
import { formatDuration } from '#domain/format.ts'
import type { OperationStep } from '#domain/operation.ts'
import { Icon } from '#components/ui/icon.tsx'
import { StepOutput } from './step-output.tsx'

/** The steps down the page, each with its clock; the present one stands open. */
export function StepList({ steps, names }: { steps: readonly OperationStep[]; names: readonly string[] }) {
  return (
    <ol aria-label="Steps" className="grid">
      {steps.map((step, index) => (
        <Step key={step.n} step={step} names={names} isLast={index === steps.length - 1} />
      ))}
    </ol>
  )
}

interface StepProps {
  step: OperationStep
  names: readonly string[]
  isLast: boolean
}

function Step({ step, names, isLast }: StepProps) {
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
