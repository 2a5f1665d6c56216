'use client'

import { cx } from 'class-variance-authority'
import { formatAge } from '#domain/format.ts'
import { useNow } from './clock-provider.tsx'
import { formatBoth } from './moment-format.ts'
import { useZone } from './zone.ts'

interface AgeProps {
  at: Date
  /** Written around the age, e.g. before: 'for ', after: ' ago'. */
  before?: string
  after?: string
  className?: string
}

/** How long ago something was; the exact moment, local and UTC, on hover. */
export function Age({ at, before = '', after = '', className }: AgeProps) {
  const now = useNow()
  const zone = useZone()
  return (
    <time dateTime={at.toISOString()} data-tip={formatBoth(at, zone)} className={cx('whitespace-nowrap', className)}>
      {before}
      {formatAge(at, now)}
      {after}
    </time>
  )
}
