import { Card } from '#components/ui/card.tsx'
import { StateIcon, type Tone } from '#components/ui/state-mark.tsx'
import type { BackupFinding } from '#domain/backup/backup-finding.ts'

/** What stands out of the backups and the archive, worst first, each with what may be done next. */
export function BackupFindingsCard({ findings }: { findings: readonly BackupFinding[] }) {
  if (findings.length === 0) return null
  return (
    <Card title="What stands out">
      <ul className="grid gap-3">
        {findings.map(({ kind, severity, repository, backup, sentence, advice }) => (
          <li
            key={`${kind} ${repository} ${backup} ${sentence}`}
            className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2.5"
          >
            <StateIcon tone={looks[severity].tone} className="mt-[3px]" />
            <div className="grid gap-x-8 gap-y-0.5 break-words xl:grid-cols-[minmax(0,6fr)_minmax(0,5fr)]">
              <p>
                <span className="sr-only">{looks[severity].word}: </span>
                {sentence}
              </p>
              <p className="text-muted">{advice}</p>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  )
}

const looks = {
  critical: { tone: 'bad', word: 'Critical' },
  warning: { tone: 'warn', word: 'Warning' },
  info: { tone: 'info', word: 'Note' },
} as const satisfies Record<BackupFinding['severity'], { tone: Tone; word: string }>
