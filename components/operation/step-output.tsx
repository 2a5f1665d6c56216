'use client'

import { useEffect, useRef } from 'react'
import { Moment } from '#components/time/moment.tsx'
import type { OperationStep } from '#domain/operation/operation.ts'

/** What a step says while it works; the newest line stays in view. */
export function StepOutput({ lines, isLive }: { lines: OperationStep['output']; isLive: boolean }) {
  const ref = useRef<HTMLOListElement>(null)

  // The browser's scrolling is the outside system.
  useEffect(() => {
    const list = ref.current
    if (isLive && list) list.scrollTop = list.scrollHeight
  }, [isLive, lines.length])

  return (
    <ol
      ref={ref}
      tabIndex={0}
      aria-label="Output of this step"
      className="max-h-64 overflow-y-auto rounded-md bg-page px-3 py-2 font-mono text-sm leading-relaxed"
    >
      {lines.map((entry, index) => (
        // Two lines may say the same in the same millisecond: their place tells them apart.
        <li key={index} className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3">
          <Moment at={entry.at} shape="clock" className="text-faint" />
          <span className="break-words text-muted">{entry.line}</span>
        </li>
      ))}
    </ol>
  )
}
