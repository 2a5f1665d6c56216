'use client'

import type { ReactNode } from 'react'
import { Age } from '#components/time/age.tsx'
import { Moment } from '#components/time/moment.tsx'
import { useNow } from '#components/time/clock-provider.tsx'
import type { StatusView } from '#domain/availability/status-view.ts'

/** What else somebody asks who depends on the database. */
export function StatusFacts({ view }: { view: StatusView }) {
  const { lastTakeover, lastBackupAt, lastRehearsalAt, planned } = view
  const now = useNow()
  return (
    <dl className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
      <Fact name="Planned work">
        {planned.length === 0
          ? 'none'
          : planned.map(({ from, to }) => (
              <span key={from.getTime()} className="block">
                {from <= now ? 'goes on until ' : 'from '}
                {from <= now ? null : (
                  <>
                    <Moment at={from} shape="full" /> to{' '}
                  </>
                )}
                <Moment at={to} shape="full" />
              </span>
            ))}
      </Fact>
      <Fact name="Last time another server took over">
        {lastTakeover ? (
          <>
            <Ago at={lastTakeover.at} />, {lastTakeover.isPlanned ? 'as planned' : 'by itself'}
          </>
        ) : (
          'never, as far as we saw'
        )}
      </Fact>
      <Fact name="Last backup">{lastBackupAt ? <Ago at={lastBackupAt} /> : 'none that we know of'}</Fact>
      <Fact name="Last time a recovery was rehearsed with success">
        {lastRehearsalAt ? <Ago at={lastRehearsalAt} /> : 'never'}
      </Fact>
    </dl>
  )
}

function Ago({ at }: { at: Date }) {
  return (
    <>
      <Moment at={at} shape="full" /> (<Age at={at} after=" ago" />)
    </>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-muted">{name}</dt>
      <dd className="text-md">{children}</dd>
    </div>
  )
}
