import type { ReactNode } from 'react'
import { Moment } from '#components/time/moment.tsx'
import { StateIcon, type Tone } from '#components/ui/state-mark.tsx'
import { formatDuration } from '#domain/format.ts'
import { spaced, tell, type DetailParts, type DetailStep } from './detail-parts.ts'

/** Plan, steps, before and after, and whatever else a record tells. */
export function RecordDetail({ parts }: { parts: DetailParts }) {
  return (
    <>
      {parts.plan.length === 0 ? null : (
        <Part title="What was planned">
          <ol className="grid list-decimal gap-1 pl-5 marker:text-faint">
            {parts.plan.map((sentence) => (
              <li key={sentence} className="pl-1">
                {sentence}
              </li>
            ))}
          </ol>
          {parts.warnings.map((warning) => (
            <p key={warning} className="flex items-start gap-2 pt-2">
              <StateIcon tone="warn" className="mt-[3px]" />
              <span>
                <span className="sr-only">Known beforehand: </span>
                {warning}
              </span>
            </p>
          ))}
        </Part>
      )}
      {parts.steps.length === 0 ? null : (
        <Part title="What was done">
          <ol className="grid gap-2">
            {parts.steps.map((step) => (
              <Step key={step.title} step={step} />
            ))}
          </ol>
        </Part>
      )}
      {parts.changes.length === 0 ? null : (
        <Part title="What changed">
          <dl className="grid gap-2">
            {parts.changes.map((change) => (
              <div key={change.name}>
                <dt className="text-sm text-muted">{spaced(change.name).replaceAll('.', ' · ')}</dt>
                <dd className="font-mono text-sm break-words">
                  <span className="sr-only">from </span>
                  <span className="text-muted">{tell(change.before)}</span>
                  <span aria-hidden="true" className="px-1.5 text-faint">
                    →
                  </span>
                  <span className="sr-only"> to </span>
                  {tell(change.after)}
                </dd>
              </div>
            ))}
          </dl>
        </Part>
      )}
      {parts.rest.length === 0 ? null : (
        <Part title="What else is known">
          <dl className="grid grid-cols-[minmax(0,9rem)_minmax(0,1fr)] gap-x-4 gap-y-1">
            {parts.rest.map(({ name, value }) => (
              <div key={name} className="contents">
                <dt className="text-muted">{name}</dt>
                <dd className="line-clamp-6 font-mono text-sm leading-[1.625] break-words">{value}</dd>
              </div>
            ))}
          </dl>
        </Part>
      )}
    </>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="grid gap-1.5">
      <h3 className="text-sm text-faint">{title}</h3>
      <div>{children}</div>
    </section>
  )
}

function Step({ step }: { step: DetailStep }) {
  const { startedAt, endedAt } = step
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-start gap-x-2.5">
      <StateIcon tone={stepTones.get(step.state) ?? 'quiet'} className="mt-[3px]" />
      <div>
        <p>
          {step.title}
          <span className="sr-only">, {step.state}</span>
        </p>
        {step.detail ? <p className="text-muted">{step.detail}</p> : null}
      </div>
      <p className="text-right text-sm text-muted">
        {startedAt ? <Moment at={startedAt} shape="clock" className="block" /> : step.state}
        {startedAt && endedAt ? (
          <span className="text-faint">{formatDuration(endedAt.getTime() - startedAt.getTime())}</span>
        ) : null}
      </p>
    </li>
  )
}

const stepTones = new Map<string, Tone>([
  ['done', 'ok'],
  ['failed', 'bad'],
  ['unknown', 'warn'],
  ['running', 'info'],
])
