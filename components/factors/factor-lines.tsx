import type { ReactNode } from 'react'
import { Age } from '#components/time/age.tsx'
import { Moment } from '#components/time/moment.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { StateMark } from '#components/ui/state-mark.tsx'
import { factorKindWords, type Factor } from '#domain/people/factor.ts'

interface FactorLinesProps {
  label: string
  factors: readonly Factor[]
  acts: (factor: Factor) => ReactNode
}

/** Factors, one a line: what it is, since when, whether somebody vouches for it. */
export function FactorLines({ label, factors, acts }: FactorLinesProps) {
  return (
    <ul aria-label={label} className="divide-y divide-line">
      {factors.map((factor) => (
        <li key={factor.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
          <div className="min-w-0">
            <p className="flex flex-wrap items-center gap-2">
              <span className="font-medium break-words">{factor.name}</span>
              <Badge>{factorKindWords[factor.kind]}</Badge>
            </p>
            <p className="text-sm text-muted">
              Registered <Moment at={factor.registeredAt} />
              {factor.lastUsedAt ? (
                <>
                  , last used <Age at={factor.lastUsedAt} after=" ago" />
                </>
              ) : (
                ', not used since'
              )}
            </p>
            <p className="text-sm">
              {factor.vouched ? (
                <StateMark tone="ok">
                  <span className="break-all">Vouched for by {factor.vouched.by}</span>
                </StateMark>
              ) : (
                <StateMark tone="quiet">Not vouched for: it counts for signing in, not for approvals</StateMark>
              )}
            </p>
          </div>
          <div className="flex gap-1">{acts(factor)}</div>
        </li>
      ))}
    </ul>
  )
}
