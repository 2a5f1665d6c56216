import { isLookedOld } from '#domain/stack/deep-age.ts'
import { OldMark } from '#components/layers/old-mark.tsx'
import { Card } from '#components/ui/card.tsx'
import { StateMark } from '#components/ui/state-mark.tsx'
import { limitWords } from '#domain/stack/pool-words.ts'
import type { PoolLimit } from '#domain/stack/pool-limit.ts'
import type { PoolerTold } from '#domain/stack/pools-told.ts'
import { sharedLimits } from '#domain/stack/pools-worries.ts'
import { capital } from '#domain/words.ts'

/** Limits beyond one pool: where one is reached, clients wait although their own pool looks half empty. */
export function LimitsCard({ told, now }: { told: readonly PoolerTold[]; now: Date }) {
  return (
    <Card title="Limits that pools share">
      <ul className="grid gap-3">
        {told.map(({ member, detail, looked }) => {
          const limits = sharedLimits(detail)
          return (
            <li key={member} className={isLookedOld(looked, now) ? 'text-muted' : ''}>
              <p className="font-semibold">
                {member} <OldMark looked={looked} now={now} />
              </p>
              {limits.length === 0 ? <p className="text-muted">None is set, or no use of one is told.</p> : null}
              <ul className="grid gap-0.5">
                {limits.slice(0, shown).map((limit) => (
                  <li key={`${limit.kind} ${limit.name}`} className="break-words">
                    <Limit limit={limit} isOld={isLookedOld(looked, now)} />
                  </li>
                ))}
              </ul>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}

const shown = 5

function Limit({ limit, isOld }: { limit: PoolLimit; isOld: boolean }) {
  const words = `${capital(limitWords(limit)).replace(/^PgBouncer/u, 'pgBouncer')}.`
  const share = limit.used / limit.max
  if (share < 0.8 || isOld) return words
  return <StateMark tone={share >= 1 ? 'bad' : 'warn'}>{words}</StateMark>
}
