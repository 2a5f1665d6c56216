import type { Tone } from '#components/ui/state-mark.tsx'
import type { AlertSeverity } from '#domain/alerts/rule.ts'

/** How bad it is: its icon and its word. */
export const severityLooks = {
  critical: { tone: 'bad', word: 'Critical' },
  warning: { tone: 'warn', word: 'Warning' },
  info: { tone: 'info', word: 'Note' },
} as const satisfies Record<AlertSeverity, { tone: Tone; word: string }>
