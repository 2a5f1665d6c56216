'use client'

import { useQuery } from '@tanstack/react-query'
import { severityLooks } from '#components/alerts/severity-looks.ts'
import { ForecastCard } from '#components/cluster/forecast-card.tsx'
import { useJudged } from '#components/cluster/use-judged.ts'
import { useLineState } from '#components/live/live-provider.tsx'
import { paths } from '#components/paths.ts'
import { useMay, useMayHere, useRoleWords } from '#components/session/session-context.tsx'
import { Age } from '#components/time/age.tsx'
import { useCoarseNow } from '#components/time/coarse-now.ts'
import { Moment } from '#components/time/moment.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { StateMark, toneText } from '#components/ui/state-mark.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { Incident } from '#domain/alerts/alert.ts'
import { capabilities } from '#domain/operation/capabilities.ts'
import type { ClusterView } from '#domain/fleet/view.ts'
import type { RouterOutputs } from '#server/api/root.ts'
import { IncidentActs } from './incident-acts.tsx'
import { IncidentAlertsCard } from './incident-alerts-card.tsx'
import { NotesCard } from './notes-card.tsx'
import { RunbookCard } from './runbook-card.tsx'
import { runbookActs } from './runbook-acts.ts'
import { TimelineCard } from './timeline-card.tsx'
import { whomItConcerns } from './whom-it-concerns.ts'

type Shown = RouterOutputs['incidents']['get']

/** One incident: what is wrong, whom it concerns, what happened, what would happen next and what to do. */
export function IncidentView({ shown }: { shown: Shown }) {
  const { incident, alerts, timeline, notes, logs } = shown
  const may = useMay('incidents.answer')
  const roles = useRoleWords()
  const view = useQuery(useTRPC().clusters.get.queryOptions({ name: incident.clusterName }, { retry: false }))
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
      <div className="grid items-end gap-x-8 gap-y-4 md:grid-cols-[minmax(0,1fr)_auto]">
        <Head incident={incident} concerns={whomItConcerns(incident.clusterName, alerts)} />
        <IncidentActs shown={shown} />
      </div>
      {may ? null : (
        <p className="text-muted">
          You look on as {roles}: who has the role operator or admin acknowledges, silences and writes notes.
        </p>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3.5 lg:grid-cols-[minmax(0,1fr)_21rem]">
        <div className="contents lg:grid lg:content-start lg:gap-3.5">
          <div className="max-lg:order-2">
            <WhatToDo shown={shown} view={view.data ?? null} />
          </div>
          <div className="max-lg:order-3">
            <TimelineCard entries={timeline} logs={logs} isOpen={incident.closedAt === null} />
          </div>
        </div>
        <div className="contents lg:grid lg:content-start lg:gap-3.5">
          <div className="max-lg:order-1 empty:hidden">{view.data ? <Forecast view={view.data} /> : null}</div>
          <div className="max-lg:order-4">
            <IncidentAlertsCard alerts={alerts} />
          </div>
          <div className="max-lg:order-5">
            <NotesCard number={incident.number} notes={notes} />
          </div>
        </div>
      </div>
    </div>
  )
}

function Head({ incident, concerns }: { incident: Incident; concerns: string }) {
  const { severity, sentence, openedAt, closedAt, mergedInto } = incident
  const { tone, word } = severityLooks[severity]
  const isOver = closedAt !== null
  return (
    <div className="min-w-0">
      <StateMark tone={isOver ? 'ok' : tone} className={`font-medium ${toneText[isOver ? 'ok' : tone]}`}>
        {isOver ? `Over, was ${word.toLowerCase()}` : word}
      </StateMark>
      <p className="max-w-[60rem] pt-1.5 text-2xl font-medium tracking-[-0.02em] text-balance break-words phone:text-xl">
        {sentence}
      </p>
      <p className="pt-1.5 text-muted">
        Since <Moment at={openedAt} />
        {isOver ? (
          <>
            {' '}
            until <Moment at={closedAt} />.
          </>
        ) : (
          <Age at={openedAt} before=", for " after="." />
        )}{' '}
        {concerns} <Answered incident={incident} />
        {mergedInto === null ? null : (
          <>
            {' '}
            It is part of <TextLink href={paths.incident(mergedInto)}>incident {mergedInto}</TextLink>.
          </>
        )}
      </p>
    </div>
  )
}

function Answered({ incident: { closedAt, acknowledgedAt, acknowledgedBy } }: { incident: Incident }) {
  if (acknowledgedAt === null) return closedAt === null ? 'Nobody has acknowledged it yet.' : 'Nobody acknowledged it.'
  return (
    <>
      Acknowledged by {acknowledgedBy ?? 'somebody'} <Moment at={acknowledgedAt} />.
    </>
  )
}

function Forecast({ view }: { view: ClusterView }) {
  const judged = useJudged(view)
  return judged ? <ForecastCard judged={judged} /> : null
}

function WhatToDo({ shown: { incident, alerts, runbooks }, view }: { shown: Shown; view: ClusterView | null }) {
  const may = useMayHere()
  const { storeReachable } = useLineState()
  const now = useCoarseNow()
  const can = view?.snapshot
    ? capabilities(view.snapshot, {
        mayAct: may('switchover.request'),
        activeOperation: view.activeOperation,
        storeReachable,
        now,
      })
    : null
  const firing = alerts.filter(({ state }) => state === 'firing').map(({ cause }) => cause)
  const acts = runbookActs({
    causes: [incident.cause, ...firing],
    cluster: incident.clusterName,
    may,
    capabilities: can,
  })
  return <RunbookCard runbooks={runbooks} acts={acts} />
}
