import { SeverityIcon } from '#components/events/severity.tsx'
import { paths } from '#components/paths.ts'
import { formatDay } from '#components/time/moment-format.ts'
import { Moment } from '#components/time/moment.tsx'
import { useZone } from '#components/time/zone.ts'
import { Card } from '#components/ui/card.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { TimelineEntry } from '#domain/alerts/incident-timeline.ts'

/** What happened around an incident, one line each, the newest at the end; days are told where they change. */
export function TimelineCard({ entries, isOpen }: { entries: readonly TimelineEntry[]; isOpen: boolean }) {
  const zone = useZone()
  return (
    <Card title="What happened" aside={isOpen ? 'goes on' : null}>
      <ol>
        {entries.map((entry, index) => {
          const day = formatDay(entry.at, zone)
          const before = entries[index - 1]
          const isNewDay = before === undefined || formatDay(before.at, zone) !== day
          return (
            // Two lines may say the same at the same moment, and none ever moves.
            <li key={index} className="grid gap-1">
              {isNewDay ? <p className="pt-1.5 text-sm text-faint">{day}</p> : null}
              <Entry entry={entry} />
            </li>
          )
        })}
      </ol>
    </Card>
  )
}

function Entry({ entry: { at, kind, severity, sentence, operationId } }: { entry: TimelineEntry }) {
  return (
    <div className="grid grid-cols-[4.25rem_0.875rem_minmax(0,1fr)_auto] items-start gap-x-3 border-t border-line py-1.5 phone:grid-cols-[auto_0.875rem_minmax(0,1fr)]">
      <Moment at={at} shape="clock" className="text-muted" />
      <SeverityIcon severity={severity} className="mt-[3px]" />
      <p className="min-w-0 break-words whitespace-pre-line">
        {sentence}
        {operationId === null ? null : (
          <>
            {' '}
            <TextLink href={paths.operation(operationId)} className="text-muted">
              operation
            </TextLink>
          </>
        )}
      </p>
      <span className="text-sm text-faint phone:hidden">{kindWords[kind]}</span>
    </div>
  )
}

const kindWords = {
  alert: 'alert',
  event: 'event',
  operation: 'operation',
  note: 'note',
  incident: 'incident',
} as const satisfies Record<TimelineEntry['kind'], string>
