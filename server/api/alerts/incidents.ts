import type { Alert, Incident } from '#domain/alerts/alert.ts'
import { incidentMarkdown } from '#domain/alerts/incident-markdown.ts'
import { storySpan, timelineOf, type IncidentStory, type TimelineEntry } from '#domain/alerts/incident-timeline.ts'
import { runbooksOf } from '#domain/alerts/runbooks-of.ts'
import { AppError } from '#server/errors.ts'
import { logsOf } from '#server/store/alerts/incident-logs.ts'
import {
  acknowledgeIncident,
  findIncident,
  insertNote,
  listIncidents,
  notesOf,
  type IncidentNote,
} from '#server/store/alerts/incidents.ts'
import { listAlerts } from '#server/store/alerts/list-alerts.ts'
import { tellAlerts } from '#server/store/alerts/tell.ts'
import { listEvents } from '#server/store/events.ts'
import { listOperations } from '#server/store/operations.ts'
import type { Store } from '#server/store/open.ts'
import { needCluster } from '../clusters/need.ts'
import type { ClusterIds } from '../readable.ts'
import type { CommandContext } from '../trpc.ts'

export interface ListedIncidents {
  incidents: (Incident & { firing: number; alerts: number })[]
  /** Null on the last page. */
  nextBefore: number | null
}

export interface ShownIncident {
  incident: Incident
  alerts: Alert[]
  timeline: TimelineEntry[]
  notes: IncidentNote[]
  /** Paths below docs/runbooks, without their ending, the one to read first before the others. */
  runbooks: string[]
  /** `isAllowed` = false: who asks sees none. `nodes` = those whose logs were asked for. */
  logs: { isAllowed: boolean; nodes: string[] }
  serverNow: Date
}

/** A page of incidents, the newest first. */
export async function listIncidentPage(
  store: Store,
  {
    cluster,
    limit,
    ...filter
  }: {
    cluster?: string | undefined
    clusterIds: ClusterIds
    isOpen: boolean
    before?: number | undefined
    limit: number
  },
): Promise<ListedIncidents> {
  const clusterId = cluster === undefined ? undefined : (await needCluster(store, cluster)).id
  const found = await listIncidents(store, { ...filter, clusterId, limit: limit + 1 })
  const incidents = found.slice(0, limit)
  return { incidents, nextBefore: found.length > limit ? (incidents.at(-1)?.number ?? null) : null }
}

/** One incident with all that happened around it. */
export async function showIncident(store: Store, number: number, mayReadLogs: boolean): Promise<ShownIncident> {
  const story = await storyOf(store, number, mayReadLogs)
  return {
    incident: story.incident,
    alerts: [...story.alerts],
    notes: [...story.notes],
    timeline: timelineOf(story),
    runbooks: runbooksOf(story.alerts),
    logs: {
      isAllowed: story.logs !== null,
      nodes: [...new Set(story.logs?.sources.map(({ node }) => node))],
    },
    serverNow: new Date(),
  }
}

/** One incident as a file of Markdown. */
export async function exportIncident(
  store: Store,
  number: number,
  mayReadLogs: boolean,
): Promise<{ name: string; markdown: string }> {
  const story = await storyOf(store, number, mayReadLogs)
  const markdown = incidentMarkdown(story, new Date())
  return { name: `incident-${number}.md`, markdown }
}

/** Says that somebody knows of an incident and looks after it. */
export async function acknowledge(
  { act, may, services: { store } }: CommandContext,
  number: number,
): Promise<ShownIncident> {
  act.on({ target: String(number), cluster: null, reason: null })
  await act.commit(async (tx) => {
    const incident = await needIncident(tx, number)
    act.on({
      target: String(number),
      cluster: clusterOf(incident),
      reason: null,
      detail: { sentence: incident.sentence },
    })
    if (incident.closedAt !== null)
      throw new AppError('refused', `Incident ${number} is over: nothing is left to look after.`)
    const isFirst = await acknowledgeIncident(tx, incident.id, act.actor.name)
    if (!isFirst)
      throw new AppError('conflict', `${incident.acknowledgedBy ?? 'Somebody'} has acknowledged it already.`)
    await tellAlerts(tx, incident.clusterId)
  })
  return showIncident(store, number, may('logs.read'))
}

/** Writes a note on an incident, open or not. */
export async function writeNote(
  { act, may, services: { store } }: CommandContext,
  { number, text }: { number: number; text: string },
): Promise<ShownIncident> {
  act.on({ target: String(number), cluster: null, reason: null, detail: { text } })
  await act.commit(async (tx) => {
    const incident = await needIncident(tx, number)
    act.on({ target: String(number), cluster: clusterOf(incident), reason: null, detail: { text } })
    await insertNote(tx, { incidentId: incident.id, text, writtenBy: act.actor.name })
    await tellAlerts(tx, incident.clusterId)
  })
  return showIncident(store, number, may('logs.read'))
}

const mostEvents = 500

async function storyOf(store: Store, number: number, mayReadLogs: boolean): Promise<IncidentStory> {
  const incident = await needIncident(store.pool, number)
  const { clusterId } = incident
  const { from, to } = storySpan(incident, new Date())
  const [alerts, events, operations, notes, logs] = await Promise.all([
    listAlerts(store, { incidentId: incident.id, states: ['pending', 'firing', 'resolved'], limit: mostEvents }),
    listEvents(store, { clusterId, since: from, until: to, limit: mostEvents }),
    listOperations(store, { clusterId, since: from, until: to, limit: mostEvents }),
    notesOf(store, incident.id),
    mayReadLogs ? logsOf(store, incident.id) : null,
  ])
  return { incident, alerts: alerts.toReversed(), events, operations, notes, logs }
}

async function needIncident(on: Parameters<typeof findIncident>[0], number: number): Promise<Incident> {
  const incident = await findIncident(on, number)
  if (!incident) throw new AppError('not-found', `There is no incident ${number}.`)
  return incident
}

function clusterOf({ clusterId: id, clusterName: name }: Incident): { id: string; name: string } {
  return { id, name }
}
