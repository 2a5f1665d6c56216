import { Spoken } from '#components/ui/spoken.tsx'
import { StateIcon } from '#components/ui/state-mark.tsx'
import { formatDuration } from '#domain/format.ts'
import { isSwitchoverPlan, type Plan } from '#domain/plan/plan.ts'
import type { SwitchoverPlan } from '#domain/plan/switchover-plan.ts'

/** What will happen, what it costs, what stands in the way and from where there is no way back. */
export function PlanView({ plan, names }: { plan: Plan; names: readonly string[] }) {
  const interruption = interruptionOf(plan)
  return (
    <section aria-label="What will happen" className="grid gap-4">
      <Remarks tone="bad" word="In the way" sentences={plan.blockers} />
      <Remarks tone="warn" word="Worth knowing" sentences={plan.warnings} />
      {plan.sentences.length > 0 ? (
        <div className="grid gap-2">
          <h3 className="font-medium">What will happen</h3>
          <ol className="grid list-decimal gap-1.5 pl-5 marker:text-faint">
            {plan.sentences.map((sentence) => (
              <li key={sentence} className="pl-1">
                <Spoken sentence={sentence} names={names} />
              </li>
            ))}
          </ol>
        </div>
      ) : null}
      {interruption ? (
        <div className="grid gap-1.5 rounded-lg bg-raised px-4 py-3">
          <p className="text-lg tracking-[-0.01em]">
            Writes stop for <strong className="font-semibold">{rangeOf(interruption)}</strong>.
          </p>
          <ul className="grid gap-1 text-muted">
            {interruption.reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </div>
      ) : null}
      {plan.pointOfNoReturn ? (
        <p>
          <span className="font-medium">Point of no return: </span>
          <span className="text-muted">{plan.pointOfNoReturn}</span>
        </p>
      ) : null}
    </section>
  )
}

/** How long writes stop; null where they do not. */
function interruptionOf(plan: Plan): SwitchoverPlan['interruption'] | null {
  if (!isSwitchoverPlan(plan) || plan.kind === 'cancel-scheduled-switchover') return null
  return plan.interruption.toMs > 0 ? plan.interruption : null
}

function Remarks({ tone, word, sentences }: { tone: 'bad' | 'warn'; word: string; sentences: readonly string[] }) {
  if (sentences.length === 0) return null
  return (
    <ul className="grid gap-1.5">
      {sentences.map((sentence) => (
        <li key={sentence} className="grid grid-cols-[auto_minmax(0,1fr)] gap-2.5">
          <StateIcon tone={tone} className="mt-[3px]" />
          <span>
            <span className="sr-only">{word}: </span>
            {sentence}
          </span>
        </li>
      ))}
    </ul>
  )
}

function rangeOf({ fromMs, toMs }: SwitchoverPlan['interruption']): string {
  const from = formatDuration(fromMs)
  const to = formatDuration(toMs)
  if (from === to) return `about ${to}`
  const [fromAmount, fromUnit] = from.split(' ')
  return to.endsWith(` ${fromUnit}`) && from.split(' ').length === 2 ? `${fromAmount} to ${to}` : `${from} to ${to}`
}
