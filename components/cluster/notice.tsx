import type { ReactNode } from 'react'
import { StateIcon, type Tone } from '#components/ui/state-mark.tsx'

/** A line across the page about something that is under way or planned. */
export function Notice({ tone = 'info', act, children }: { tone?: Tone; act?: ReactNode; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border border-line bg-panel py-2 pr-2 pl-4">
      <p className="flex min-w-0 flex-1 basis-64 items-start gap-2.5 py-1">
        <StateIcon tone={tone} className="mt-[3px]" />
        <span>{children}</span>
      </p>
      {act}
    </div>
  )
}
