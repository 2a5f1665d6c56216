import type { Reading } from '#domain/snapshot/reading.ts'
import { toReading } from '#server/adapters/read.ts'
import type { Board } from '../board.ts'
import type { RosterEntry } from '../roster.ts'
import { checkCredentials } from './credentials.ts'
import type { Found, Identity } from './found.ts'

/** Asks the typed addresses, then the members they tell of (without credentials), and makes sure that all are one cluster. */
export async function discoverPatroni(board: Board, found: Found, signal?: AbortSignal): Promise<Identity> {
  const typed = [...board.entries.values()]
  await Promise.all(typed.map((entry) => lookAt(entry, board, signal)))
  const { added } = board.revise(new Date())
  await Promise.all(added.map((entry) => lookAt(entry, board, signal)))
  board.revise(new Date())
  for (const entry of typed) judgeTyped(entry, board, found)
  for (const entry of board.entries.values()) found.endpoints.push(endpointOf(entry))
  refuseStrangers(board, found)
  await checkCredentials(board, found, signal)
  return identityOf(board, await isStandbyCluster(board, signal))
}

async function lookAt(entry: RosterEntry, { access }: Board, signal: AbortSignal | undefined): Promise<void> {
  const [status, view] = await Promise.all([
    toReading(access.patroni.status(entry.url, signal), now),
    toReading(access.patroni.clusterView(entry.url, signal), now),
  ])
  entry.status.put(status)
  entry.clusterView.put(view)
}

// A member that is down may be added: another one lists it at that very address. Anything else is a mistake in the address.
function judgeTyped(entry: RosterEntry, board: Board, found: Found): void {
  const { problem } = entry.status.seen
  if (problem === null) return
  const isListed = board.listed().some((member) => member.name === entry.name)
  const isAway = problem.kind === 'refused' || problem.kind === 'timeout' || problem.kind === 'unreachable'
  if (isListed && isAway) return
  const hint = problem.kind === 'empty-reply' && entry.url.startsWith('http:') ? ' It may want https:// instead.' : ''
  found.errors.push({ field: 'patroniUrls', sentence: `${problem.sentence}${hint}` })
}

function endpointOf(entry: RosterEntry): Found['endpoints'][number] {
  const { good, problem } = entry.status.seen
  const detail =
    good === null
      ? ''
      : `${good.value.role}, ${good.value.state}, Patroni ${good.value.patroniVersion ?? 'of unknown version'}`
  return {
    system: 'patroni',
    address: entry.url,
    problem: problem?.sentence ?? entry.clusterView.seen.problem?.sentence ?? null,
    detail: [entry.isConfigured ? '' : 'found', isNamed(entry) ? entry.name : '', detail]
      .filter((part) => part !== '')
      .join(', '),
  }
}

function isNamed(entry: RosterEntry): boolean {
  return entry.name !== new URL(entry.url).host
}

function refuseStrangers(board: Board, found: Found): void {
  for (const [what, valueOf] of identifiers) {
    const holders = new Map<string, string>()
    for (const entry of board.entries.values()) {
      const value = valueOf(entry)
      if (value && !holders.has(value)) holders.set(value, entry.url)
    }
    if (holders.size < 2) continue
    const told = [...holders].map(([value, url]) => `${url} has ${value}`).join(', ')
    found.errors.push({
      field: 'patroniUrls',
      sentence: `These addresses belong to different clusters by their ${what}: ${told}.`,
    })
  }
}

const identifiers = [
  ['scope', (entry: RosterEntry) => entry.status.seen.good?.value.scope],
  ['system identifier', (entry: RosterEntry) => entry.status.seen.good?.value.systemIdentifier],
] as const

async function isStandbyCluster(board: Board, signal: AbortSignal | undefined): Promise<boolean> {
  const entries = [...board.entries.values()]
  const roles = entries.flatMap(
    (entry) => entry.clusterView.seen.good?.value.members.map((member) => member.role) ?? [],
  )
  if (roles.includes('standby_leader')) return true
  const answering = entries.find((entry) => entry.status.seen.good !== null)
  if (answering === undefined) return false
  const config: Reading<{ standbyCluster: boolean }> = await toReading(
    board.access.patroni.config(answering.url, signal),
    now,
  )
  return config.ok && config.value.standbyCluster
}

function identityOf(board: Board, isStandby: boolean): Identity {
  const entries = [...board.entries.values()]
  const statuses = entries.flatMap((entry) => entry.status.seen.good?.value ?? [])
  const listed = new Map(
    entries.flatMap((entry) => entry.clusterView.seen.good?.value.members ?? []).map((member) => [member.name, member]),
  )
  return {
    scope: board.scope(),
    systemIdentifier: statuses.find((status) => status.systemIdentifier !== null)?.systemIdentifier ?? null,
    isStandbyCluster: isStandby,
    patroniVersion: statuses.find((status) => status.patroniVersion !== null)?.patroniVersion ?? null,
    members: entries
      .filter((entry) => entry.status.seen.good !== null || listed.has(entry.name))
      .map((entry) => ({
        name: entry.name,
        apiUrl: entry.url,
        role: listed.get(entry.name)?.role ?? entry.status.seen.good?.value.role ?? 'unknown',
        state: listed.get(entry.name)?.state || (entry.status.seen.good?.value.state ?? 'unknown'),
        problem: entry.status.seen.problem?.sentence ?? null,
      }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  }
}

function now(): Date {
  return new Date()
}
