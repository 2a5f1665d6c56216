import { Moment } from '#components/time/moment.tsx'
import { paths } from '#components/paths.ts'
import { Card } from '#components/ui/card.tsx'
import { Spoken } from '#components/ui/spoken.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { StoredEvent } from '#domain/event.ts'

interface LatelyCardProps {
  cluster: string
  events: readonly StoredEvent[]
  /** Names of the members. */
  names: readonly string[]
}

/** What happened; what it meant for the verdict stands above, and among all events. */
export function LatelyCard({ cluster, events, names }: LatelyCardProps) {
  const shown = events.filter((event) => event.kind !== 'verdict-changed').slice(0, 8)
  return (
    <Card title="Lately" aside={<TextLink href={paths.clusterEvents(cluster)}>All events</TextLink>}>
      {shown.length === 0 ? (
        <p className="text-muted">Nothing has changed since the console began to look.</p>
      ) : (
        <ol className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-2">
          {shown.map((event) => (
            <li key={event.id} className="col-span-2 grid grid-cols-subgrid">
              <Moment at={event.at} className="text-faint" />
              <span>
                <Spoken sentence={event.sentence} names={names} isStrong={false} />
              </span>
            </li>
          ))}
        </ol>
      )}
    </Card>
  )
}
