import { cx } from 'class-variance-authority'
import type { ReactNode } from 'react'
import type { BackupType } from '#domain/backup/backup.ts'

/** The mark of a backup: its type is told by shape. */
export function BackupShape({ type, className }: { type: BackupType; className?: string }) {
  return (
    <svg viewBox="0 0 14 14" aria-hidden="true" className={cx('size-3.5 shrink-0 text-text', className)}>
      {shapes[type]}
    </svg>
  )
}

/** The same mark within a drawing, about a point. */
export function BackupMark({ type, x, y, scale }: { type: BackupType; x: number; y: number; scale: number }) {
  return <g transform={`translate(${x} ${y}) scale(${scale}) translate(-7 -7)`}>{shapes[type]}</g>
}

const shapes: Record<BackupType, ReactNode> = {
  full: <rect x="2" y="2" width="10" height="10" rx="1" fill="currentColor" />,
  diff: <path d="M7 1 13 7 7 13 1 7Z" fill="var(--page)" stroke="currentColor" strokeWidth="1.6" />,
  incr: <circle cx="7" cy="7" r="3.4" fill="var(--page)" stroke="currentColor" strokeWidth="1.6" />,
}
