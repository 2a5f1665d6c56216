import type { ReactNode } from 'react'
import { Spoken } from '#components/ui/spoken.tsx'
import type { Verdict } from '#domain/judgement/verdict.ts'
import { VerdictMark } from './verdict-mark.tsx'

/** What a colleague would say, and what can be done about it. */
export function VerdictLine({ verdict, names, acts }: { verdict: Verdict; names: readonly string[]; acts: ReactNode }) {
  return (
    <div className="grid items-end gap-x-8 gap-y-4 md:grid-cols-[minmax(0,1fr)_auto]">
      <div>
        <VerdictMark level={verdict.level} />
        <p className="max-w-[60rem] pt-1.5 text-2xl font-medium tracking-[-0.02em] text-balance phone:text-xl phone:tracking-[-0.01em]">
          <Spoken sentence={verdict.sentence} names={names} isStrong={false} />
        </p>
      </div>
      {acts}
    </div>
  )
}
