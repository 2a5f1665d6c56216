import { Icon } from '#components/ui/icon.tsx'
import { StateIcon, type Tone } from '#components/ui/state-mark.tsx'
import type { SetupCheck } from '#domain/setup/setup-finding.ts'
import { layerNames } from './layer-names.ts'

interface FoldedRulesProps {
  checks: readonly SetupCheck[]
  /** E.g. `12 rules hold`. */
  summary: string
  tone: Tone
  isOpen?: boolean
}

/** Rules that need no act, one a line, behind a fold; with why, where there is a why. */
export function FoldedRules({ checks, summary, tone, isOpen = false }: FoldedRulesProps) {
  if (checks.length === 0) return null
  return (
    <details className="group" open={isOpen}>
      <summary className="inline-flex min-h-6 list-none items-center gap-1 text-muted hover:text-text phone:min-h-11">
        <Icon name="chevron-right" className="size-3.5 transition-transform duration-100 group-open:rotate-90" />
        {summary}
      </summary>
      <ul className="grid gap-2 pt-2.5">
        {checks.map(({ rule, title, layer, why }) => (
          <li key={rule} className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2.5">
            <StateIcon tone={tone} className="mt-[3px]" />
            <div className="grid gap-x-8 break-words xl:grid-cols-[minmax(0,6fr)_minmax(0,5fr)]">
              <p>
                {title} <span className="text-sm text-faint">{layerNames[layer]}</span>
              </p>
              {why === null ? null : <p className="text-muted">{why}</p>}
            </div>
          </li>
        ))}
      </ul>
    </details>
  )
}
