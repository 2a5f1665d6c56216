import { Card } from '#components/ui/card.tsx'
import { Spoken } from '#components/ui/spoken.tsx'
import { StateIcon, type Tone } from '#components/ui/state-mark.tsx'
import { Icon } from '#components/ui/icon.tsx'
import type { Finding } from '#domain/judgement/finding.ts'

interface FindingsProps {
  findings: readonly Finding[]
  /** Names of the members. */
  names: readonly string[]
}

/** What stands out, worst first, each with what may be done next; the lesser ones wait behind a fold. */
export function FindingsCard({ findings, names }: FindingsProps) {
  if (findings.length === 0) return null
  const shown = findings.length <= room + 1 ? findings : findings.slice(0, room)
  const folded = findings.slice(shown.length)
  return (
    <Card title="What stands out">
      <FindingList findings={shown} names={names} />
      {folded.length === 0 ? null : (
        <details className="group pt-2.5">
          <summary className="inline-flex min-h-6 list-none items-center gap-1 text-muted hover:text-text phone:min-h-11">
            <Icon name="chevron-right" className="size-3.5 transition-transform duration-100 group-open:rotate-90" />
            {folded.length} more
          </summary>
          <div className="pt-2.5">
            <FindingList findings={folded} names={names} />
          </div>
        </details>
      )}
    </Card>
  )
}

function FindingList({ findings, names }: FindingsProps) {
  return (
    <ul className="grid gap-3">
      {findings.map((finding) => (
        <li
          key={`${finding.kind} ${finding.member ?? ''} ${finding.sentence}`}
          className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2.5"
        >
          <StateIcon tone={looks[finding.severity].tone} className="mt-[3px]" />
          <div className="grid gap-x-8 gap-y-0.5 xl:grid-cols-[minmax(0,6fr)_minmax(0,5fr)]">
            <p>
              <span className="sr-only">{looks[finding.severity].word}: </span>
              <Spoken sentence={finding.sentence} names={names} isStrong={false} />
            </p>
            <p className="text-muted">
              <Spoken sentence={finding.advice} names={names} isStrong={false} />
            </p>
          </div>
        </li>
      ))}
    </ul>
  )
}

const room = 3

const looks = {
  critical: { tone: 'bad', word: 'Critical' },
  warning: { tone: 'warn', word: 'Warning' },
  info: { tone: 'info', word: 'Note' },
} as const satisfies Record<Finding['severity'], { tone: Tone; word: string }>
