'use client'

import { useNow } from '#components/time/clock-provider.tsx'
import { StateMark, type Tone } from '#components/ui/state-mark.tsx'
import type { RequestStanding } from '#domain/approvals/judge-request.ts'
import { formatDuration } from '#domain/format.ts'
import { count } from '#domain/words.ts'

/** How a request stands, with the time that is left. */
export function StandingMark({ standing }: { standing: RequestStanding }) {
  const now = useNow()
  const { tone, word } = lookOf(standing)
  const left = standing.kind === 'over' ? null : standing.untilAt.getTime() - now.getTime()
  return (
    <StateMark tone={tone}>
      {word}
      {left === null ? '' : `, ${left > 0 ? `${formatDuration(left)} left` : 'time is over'}`}
    </StateMark>
  )
}

function lookOf(standing: RequestStanding): { tone: Tone; word: string } {
  switch (standing.kind) {
    case 'open':
      return { tone: 'warn', word: `${count(standing.missing, 'approval')} missing` }
    case 'approved':
      return { tone: 'ok', word: 'approved' }
    case 'over':
      return { tone: 'quiet', word: overWords[standing.why] }
  }
}

const overWords = { rejected: 'rejected', expired: 'ran out', void: 'void', withdrawn: 'taken back' } as const
