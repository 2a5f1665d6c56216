import { Badge } from '#components/ui/badge.tsx'
import { Card } from '#components/ui/card.tsx'
import { StateIcon, type Tone } from '#components/ui/state-mark.tsx'
import type { SetupCheck, SetupFinding } from '#domain/setup/setup-finding.ts'
import { layerNames } from './layer-names.ts'
import { Paste } from './paste.tsx'

/** The rules that fail, worst first: what is set, what may come of it, what that costs and how it is mended. */
export function FailedRules({ checks }: { checks: readonly SetupCheck[] }) {
  if (checks.length === 0) return null
  return (
    <Card title="What fails">
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-5">
        {checks.map((check) => (
          <li
            key={check.rule}
            className="grid grid-cols-[minmax(0,1fr)] gap-2 border-t border-line pt-4 first:border-0 first:pt-0"
          >
            <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
              <h3 className="font-medium">{check.title}</h3>
              <Badge>{layerNames[check.layer]}</Badge>
            </div>
            {check.findings.map((finding) => (
              <Failure key={`${finding.member ?? ''} ${finding.sentence}`} finding={finding} />
            ))}
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Failure({ finding }: { finding: SetupFinding }) {
  const { severity, sentence, risk, worstCase, fix } = finding
  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2.5">
      <StateIcon tone={looks[severity].tone} className="mt-[3px]" />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-2 break-words xl:grid-cols-[minmax(0,6fr)_minmax(0,5fr)]">
        <div className="grid content-start gap-1">
          <p>
            <span className="sr-only">{looks[severity].word}: </span>
            {sentence}
          </p>
          <p className="text-muted">{risk}</p>
          <p>
            <span className="text-muted">At worst: </span>
            {worstCase}
          </p>
        </div>
        {fix === null ? null : <Paste where={fix.where} text={fix.paste} of={sentence} />}
      </div>
    </div>
  )
}

const looks = {
  critical: { tone: 'bad', word: 'Critical' },
  warning: { tone: 'warn', word: 'Warning' },
  info: { tone: 'info', word: 'Note' },
} as const satisfies Record<SetupFinding['severity'], { tone: Tone; word: string }>
