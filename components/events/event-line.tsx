import { cx } from 'class-variance-authority'
import { paths } from '#components/paths.ts'
import { Moment } from '#components/time/moment.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { StoredEvent } from '#domain/event.ts'
import { listNames } from '#domain/words.ts'
import { SeverityIcon } from './severity.tsx'

/** One event: when, how grave, what; from what to what; who saw it. */
export function EventLine({ event, withCluster }: { event: StoredEvent; withCluster: boolean }) {
  return (
    <li
      data-row={event.id}
      tabIndex={-1}
      className={cx(
        'grid items-start outline-none focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-info gap-x-4 border-t border-line py-1.5 [contain-intrinsic-size:auto_33px] [content-visibility:auto]',
        'phone:[contain-intrinsic-size:auto_87px] phone:grid-cols-[auto_minmax(0,1fr)] phone:gap-x-3 phone:gap-y-0.5 phone:py-2.5',
        withCluster
          ? 'grid-cols-[4.25rem_0.875rem_8rem_minmax(0,1fr)_minmax(0,14rem)_minmax(0,11rem)] max-xl:grid-cols-[4.25rem_0.875rem_8rem_minmax(0,1fr)_minmax(0,12rem)]'
          : 'grid-cols-[4.25rem_0.875rem_minmax(0,1fr)_minmax(0,16rem)_minmax(0,12rem)] max-xl:grid-cols-[4.25rem_0.875rem_minmax(0,1fr)_minmax(0,13rem)]',
      )}
    >
      <Moment at={event.at} shape="clock" className="text-muted phone:order-2" />
      <SeverityIcon severity={event.severity} className="mt-[3px] phone:order-1" />
      {withCluster ? (
        <TextLink
          href={paths.clusterEvents(event.clusterName)}
          className="truncate justify-self-start phone:min-h-6 phone:min-w-6 font-medium no-underline hover:underline phone:order-3 phone:col-start-2"
        >
          {event.clusterName}
        </TextLink>
      ) : null}
      <p className={cx('phone:order-4 phone:col-start-2', event.severity === 'critical' && 'font-medium')}>
        {event.sentence}
        {event.operationId === null ? null : (
          <>
            {' '}
            <TextLink href={paths.operation(event.operationId)} className="font-normal whitespace-nowrap text-muted">
              operation
            </TextLink>
          </>
        )}
      </p>
      <Change from={event.from} to={event.to} />
      <p className="truncate text-sm leading-[1.625] text-faint max-xl:hidden" data-tip={event.sources.join('\n')}>
        <span className="sr-only">seen by </span>
        {listNames(event.sources)}
      </p>
    </li>
  )
}

function Change({ from, to }: { from: string | null; to: string | null }) {
  if (from === null && to === null) return <span className="phone:hidden" />
  return (
    <p className="min-w-0 font-mono text-sm leading-[1.625] break-words text-muted phone:order-5 phone:col-start-2">
      <span className="sr-only">from </span>
      {from ?? '–'}
      <span aria-hidden="true" className="px-1.5 text-faint">
        →
      </span>
      <span className="sr-only"> to </span>
      {to ?? '–'}
    </p>
  )
}
