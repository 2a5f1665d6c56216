import { cx } from 'class-variance-authority'
import type { ReactNode } from 'react'

export type Tone = 'ok' | 'warn' | 'bad' | 'down' | 'unseen' | 'info' | 'quiet'

/** A state as an icon with its word; the colour only repeats what both say. */
export function StateMark({ tone, children, className }: { tone: Tone; children: ReactNode; className?: string }) {
  return (
    <span className={cx('inline-flex items-center gap-1.5', className)}>
      <StateIcon tone={tone} />
      <span>{children}</span>
    </span>
  )
}

/** The icon alone: a word for the state must stand nearby. */
export function StateIcon({ tone, className }: { tone: Tone; className?: string }) {
  return (
    <svg viewBox="0 0 14 14" aria-hidden="true" className={cx('size-3.5 shrink-0', toneText[tone], className)}>
      {shapes[tone]}
    </svg>
  )
}

export const toneText: Record<Tone, string> = {
  ok: 'text-ok',
  warn: 'text-warn',
  bad: 'text-bad',
  down: 'text-bad',
  unseen: 'text-muted',
  info: 'text-info',
  quiet: 'text-faint',
}

const line = {
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 1.4,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const

const shapes: Record<Tone, ReactNode> = {
  ok: (
    <g {...line}>
      <circle cx="7" cy="7" r="6" />
      <path d="M4.4 7.2 6.3 9l3.4-3.8" />
    </g>
  ),
  warn: (
    <g {...line}>
      <circle cx="7" cy="7" r="6" />
      <path d="M7 3.9v3.4M7 9.8v.1" />
    </g>
  ),
  bad: (
    <g {...line}>
      <path d="M7 1.3 13 12.2H1z" />
      <path d="M7 5.4v2.9M7 10.3v.1" />
    </g>
  ),
  down: (
    <g>
      <path d="M4.2.6h5.6l3.6 3.6v5.6l-3.6 3.6H4.2L.6 9.8V4.2z" fill="currentColor" />
      <path
        d="m4.8 4.8 4.4 4.4m0-4.4L4.8 9.2"
        fill="none"
        stroke="var(--page)"
        strokeWidth="1.5"
        strokeLinecap="round"
      />
    </g>
  ),
  unseen: (
    <g {...line}>
      <path d="M1 7s2.2-3.9 6-3.9S13 7 13 7s-2.2 3.9-6 3.9S1 7 1 7Z" strokeDasharray="2.2 1.8" />
      <path d="m2 12 10-10" />
    </g>
  ),
  info: (
    <g {...line}>
      <circle cx="7" cy="7" r="6" />
      <path d="M7 6.6v3.3M7 4.2v.1" />
    </g>
  ),
  quiet: (
    <g {...line}>
      <circle cx="7" cy="7" r="6" strokeDasharray="2 2.2" />
    </g>
  ),
}
