import { Card } from '#components/ui/card.tsx'
import { StateIcon } from '#components/ui/state-mark.tsx'
import { type PoolModeMisuse, poolModeMisuse } from '#domain/stack/pool-mode-misuse.ts'
import type { PoolerTold } from '#domain/stack/pools-told.ts'
import { listNames } from '#domain/words.ts'

/** What is pooled in a way that works against those who use it, each with what may be done. */
export function MisuseCard({ told }: { told: readonly PoolerTold[] }) {
  const found = new Map<string, PoolModeMisuse & { members: string[] }>()
  for (const { member, detail } of told) {
    for (const misuse of poolModeMisuse(detail)) {
      const known = found.get(misuse.sentence)
      found.set(misuse.sentence, { ...misuse, members: [...(known?.members ?? []), member] })
    }
  }
  if (found.size === 0) return null
  return (
    <Card title="How pools are used">
      <ul className="grid gap-3">
        {[...found.values()].map(({ sentence, advice, members }) => (
          <li key={sentence} className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2.5">
            <StateIcon tone="warn" className="mt-[3px]" />
            <div className="grid gap-x-8 gap-y-0.5 break-words xl:grid-cols-[minmax(0,6fr)_minmax(0,5fr)]">
              <p>
                <span className="sr-only">Warning: </span>
                {sentence} <span className="text-muted">On {listNames(members)}.</span>
              </p>
              <p className="text-muted">{advice}</p>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  )
}
