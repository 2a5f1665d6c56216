import type { Backup } from '#domain/backup.ts'
import { count } from '#domain/words.ts'
import { chartBars, type Bar, type ChartAmount } from './chart-bars.ts'

/** How much each backup added to the repository and how long it took, side by side in time. */
export function BackupChart({ backups }: { backups: readonly Backup[] }) {
  return (
    <div className="grid gap-4">
      <Bars backups={backups} amount="added" title="Added to the repository" />
      <Bars backups={backups} amount="duration" title="Duration" />
    </div>
  )
}

function Bars({ backups, amount, title }: { backups: readonly Backup[]; amount: ChartAmount; title: string }) {
  const drawn = chartBars(backups, amount)
  if (drawn === null) return null
  const { bars, largest } = drawn
  const step = 100 / Math.max(bars.length, fewest)
  return (
    <figure className="grid gap-1">
      <figcaption className="flex justify-between gap-4 text-sm text-muted">
        <span>{title}</span>
        <span>at most {largest}</span>
      </figcaption>
      <svg
        role="img"
        aria-label={`${title} of the newest ${count(bars.length, 'backup')}, at most ${largest}; each stands in the table.`}
        viewBox="0 0 100 40"
        preserveAspectRatio="none"
        className="h-16 w-full border-b border-line-strong"
      >
        {bars.map((bar, index) => (
          <rect
            key={bar.key}
            data-tip={bar.tip}
            x={index * step + step * 0.15}
            width={step * 0.7}
            y={39.5 - Math.max(bar.height * 38, 0.8)}
            height={Math.max(bar.height * 38, 0.8)}
            className={looks[bar.type]}
            vectorEffect="non-scaling-stroke"
          />
        ))}
      </svg>
    </figure>
  )
}

/** A few bars do not fill the width. */
const fewest = 12

const looks = {
  full: 'fill-muted',
  diff: 'fill-line-strong',
  incr: 'fill-raised stroke-line-strong',
} as const satisfies Record<Bar['type'], string>
