import { SeverityIcon } from '#components/events/severity.tsx'
import { paths } from '#components/paths.ts'
import { formatDay } from '#components/time/moment-format.ts'
import { Moment } from '#components/time/moment.tsx'
import { useZone } from '#components/time/zone.ts'
import { Button } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { useQueryParam } from '#components/url/use-query-params.ts'
import type { TimelineEntry } from '#domain/alerts/incident-timeline.ts'
import { groupLogs } from '#domain/alerts/log-groups.ts'
import { listNames } from '#domain/words.ts'
import type { RouterOutputs } from '#server/api/root.ts'
import { LogLines } from './log-lines.tsx'

type Shown = RouterOutputs['incidents']['get']

/** What happened around an incident, one line each, the newest at the end; days are told where they change. */
export function TimelineCard({
  entries,
  logs,
  isOpen,
}: {
  entries: Shown['timeline']
  logs: Shown['logs']
  isOpen: boolean
}) {
  const zone = useZone()
  const [wanted, setWanted] = useQueryParam('logs')
  const hasLogs = entries.some(({ kind }) => kind === 'log')
  const isWithLogs = wanted !== 'off'
  const parts = groupLogs(isWithLogs ? entries : entries.filter(({ kind }) => kind !== 'log'))
  return (
    <Card
      title="What happened"
      aside={
        <span className="flex items-baseline gap-3">
          {isOpen ? 'goes on' : null}
          {hasLogs ? (
            <Button
              tone="quiet"
              size="small"
              onClick={() => setWanted(isWithLogs ? 'off' : '')}
              className="print-hidden"
            >
              {isWithLogs ? 'Hide logs' : 'Show logs'}
            </Button>
          ) : null}
        </span>
      }
    >
      <ol>
        {parts.map(({ entry, lines }, index) => {
          const day = formatDay(entry.at, zone)
          const before = parts[index - 1]
          const isNewDay = before === undefined || formatDay(before.entry.at, zone) !== day
          return (
            // Two lines may say the same at the same moment; of what opens, none moves when more is told.
            <li key={lines === null ? index : keyOf(entry)} className="grid gap-1">
              {isNewDay ? <p className="pt-1.5 text-sm text-faint">{day}</p> : null}
              {entry.log === null ? (
                <Entry entry={entry} />
              ) : (
                <LogLines lines={lines ?? [{ ...entry, log: entry.log }]} />
              )}
            </li>
          )
        })}
      </ol>
      <AboutLogs logs={logs} hasLogs={hasLogs} />
    </Card>
  )
}

function keyOf({ at, log }: TimelineEntry): string {
  return `${log?.program} ${log?.node} ${at.getTime()}`
}

/** Says why there is nothing of the logs: that is never the same as that they say nothing. */
function AboutLogs({ logs: { isAllowed, nodes }, hasLogs }: { logs: Shown['logs']; hasLogs: boolean }) {
  if (hasLogs) return null
  return <p className="border-t border-line pt-2 text-sm text-muted">{whyNone(isAllowed, nodes)}</p>
}

function whyNone(isAllowed: boolean, nodes: readonly string[]): string {
  if (!isAllowed) return 'What the logs of the nodes said is shown to the roles operator and admin.'
  return nodes.length === 0
    ? 'The logs of the nodes have not been read: agents read them, some seconds after an incident began.'
    : `Nothing that matters stands in the logs of ${listNames(nodes)}.`
}

function Entry({ entry: { at, kind, severity, sentence, operationId } }: { entry: TimelineEntry }) {
  return (
    <div className="grid grid-cols-[4.25rem_0.875rem_minmax(0,1fr)_auto] items-start gap-x-3 border-t border-line py-1.5 phone:grid-cols-[auto_0.875rem_minmax(0,1fr)]">
      <Moment at={at} shape="clock" className="text-muted" />
      <SeverityIcon severity={severity} className="mt-[3px]" />
      <p className={`min-w-0 break-words whitespace-pre-line ${kind === 'log' ? 'text-muted' : ''}`}>
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
  log: 'log',
} as const satisfies Record<TimelineEntry['kind'], string>
