import { formatClock } from '#components/time/moment-format.ts'
import type { RibbonSpan } from './ribbon-buckets.ts'

/** A few times below the ribbon. */
export function RibbonAxis({ start, span, zone }: { start: Date; span: RibbonSpan; zone: string }) {
  const lengthMs = span.bucketMs * span.buckets
  return (
    <div aria-hidden="true" className="relative h-4 text-xs text-faint">
      {[0, 0.25, 0.5, 0.75].map((place) => (
        <span key={place} className="absolute whitespace-nowrap" style={{ left: `${place * 100}%` }}>
          {label(new Date(start.getTime() + lengthMs * place), lengthMs, zone)}
        </span>
      ))}
      <span className="absolute right-0">now</span>
    </div>
  )
}

function label(at: Date, lengthMs: number, zone: string): string {
  if (lengthMs <= 86_400_000) return formatClock(at, zone, false)
  return new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: zone })
    .format(at)
    .replace(',', '')
}
