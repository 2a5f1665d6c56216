import { Moment } from '#components/time/moment.tsx'
import { Icon } from '#components/ui/icon.tsx'
import { groupTitle, tellingLine, writerOf, type LogEntry } from '#domain/alerts/log-groups.ts'

/** Lines that one program on one node wrote: a short one as it is, else the one that tells most, and all of them where it is opened. */
export function LogLines({ lines }: { lines: readonly LogEntry[] }) {
  const [first] = lines
  const telling = tellingLine(lines)
  if (first === undefined || telling === null) return null
  const isShort = lines.length === 1 && first.sentence.length <= shortText && !first.sentence.includes('\n')
  return (
    <div className="grid grid-cols-[4.25rem_0.875rem_minmax(0,1fr)_auto] items-start gap-x-3 border-t border-line py-1 text-sm text-muted phone:grid-cols-[auto_0.875rem_minmax(0,1fr)]">
      <Moment at={first.at} shape="clock" className="text-faint" />
      <span />
      {isShort ? (
        <p className="min-w-0">
          {writerOf(first)} <Said line={first} />
        </p>
      ) : (
        <details className="group min-w-0">
          <summary className="flex min-w-0 cursor-pointer list-none items-baseline gap-1.5 rounded-sm phone:min-h-9 phone:flex-wrap phone:content-start phone:gap-y-0.5">
            <Icon
              name="chevron-right"
              className="mt-[3px] size-3 self-start transition-transform group-open:rotate-90"
            />
            <span className="shrink-0">{lines.length === 1 ? writerOf(first) : groupTitle(lines)}</span>
            <span className="min-w-0 truncate font-mono text-xs text-faint group-open:hidden phone:line-clamp-2 phone:basis-full phone:whitespace-normal">
              {telling.log.level} {telling.sentence}
            </span>
          </summary>
          <ol className="grid gap-1 pt-1 pb-1.5">
            {lines.map((line, index) => (
              // Two lines may say the same at the same moment.
              <li key={index} className="grid grid-cols-[4.25rem_minmax(0,1fr)] gap-x-2 phone:grid-cols-1">
                <Moment at={line.at} shape="clock" className="text-faint" />
                <p className="min-w-0">
                  <Said line={line} />
                </p>
              </li>
            ))}
          </ol>
        </details>
      )}
      <span className="text-faint phone:hidden">log</span>
    </div>
  )
}

const shortText = 160

function Said({ line: { sentence, log } }: { line: LogEntry }) {
  const isWorse = worse.has(log.level)
  return (
    <>
      <span className="font-mono text-xs break-words whitespace-pre-wrap">
        <span className={isWorse ? 'text-text' : ''}>{log.level}</span> {sentence}
      </span>
      {log.times === 1 ? null : <span className="text-faint"> {log.times} times within a minute</span>}
    </>
  )
}

const worse: ReadonlySet<string> = new Set(['ERROR', 'CRITICAL', 'FATAL', 'PANIC'])
