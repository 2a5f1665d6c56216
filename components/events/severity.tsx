import { cx } from 'class-variance-authority'
import { StateIcon } from '#components/ui/state-mark.tsx'
import type { StoredEvent } from '#domain/event.ts'
import { count, listNames } from '#domain/words.ts'

/** How an event weighs, as an icon whose word is read aloud. */
export function SeverityIcon({ severity, className }: { severity: StoredEvent['severity']; className?: string }) {
  return (
    <span data-tip={severityWords[severity]} className={cx('inline-grid size-3.5 place-items-center', className)}>
      {severity === 'info' ? (
        <span aria-hidden="true" className="size-1.5 rounded-full bg-faint" />
      ) : (
        <StateIcon tone={severity === 'critical' ? 'bad' : 'warn'} />
      )}
      <span className="sr-only">{severityWords[severity]}</span>
    </span>
  )
}

export const severityWords = { critical: 'Critical', warning: 'Warning', info: 'Note' } as const satisfies Record<
  StoredEvent['severity'],
  string
>

/** `3 critical, 12 warnings and 40 notes`; null where there is nothing. */
export function tellSeverities(counts: Record<StoredEvent['severity'], number>): string | null {
  const { critical, warning, info } = counts
  const parts = [
    critical > 0 ? `${critical} critical` : '',
    warning > 0 ? count(warning, 'warning') : '',
    info > 0 ? count(info, 'note') : '',
  ].filter(Boolean)
  return parts.length === 0 ? null : listNames(parts)
}
