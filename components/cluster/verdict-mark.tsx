import { cx } from 'class-variance-authority'
import { StateIcon, StateMark, toneText, type Tone } from '#components/ui/state-mark.tsx'
import type { VerdictLevel } from '#domain/judgement/verdict.ts'

/** A verdict as icon and word. */
export function VerdictMark({ level, className }: { level: VerdictLevel; className?: string }) {
  const { tone, word } = verdictLooks[level]
  return (
    <StateMark tone={tone} className={cx('font-medium', toneText[tone], className)}>
      {word}
    </StateMark>
  )
}

/** A verdict where there is room for an icon only; its word is read aloud. */
export function VerdictIcon({ level, className }: { level: VerdictLevel; className?: string }) {
  const { tone, word } = verdictLooks[level]
  return (
    <span data-tip={word} className={cx('flex items-center', className)}>
      <StateIcon tone={tone} />
      <span className="sr-only">{word}</span>
    </span>
  )
}

export const verdictLooks = {
  healthy: { tone: 'ok', word: 'Healthy' },
  degraded: { tone: 'warn', word: 'Degraded' },
  'at-risk': { tone: 'bad', word: 'At risk' },
  down: { tone: 'down', word: 'Down' },
  unseen: { tone: 'unseen', word: 'Unseen' },
} as const satisfies Record<VerdictLevel, { tone: Tone; word: string }>
