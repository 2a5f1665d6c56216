import type { PatroniClusterView, PatroniStatus } from '#domain/snapshot/patroni.ts'
import type { Reading } from '#domain/snapshot/reading.ts'
import { toReading } from '#server/adapters/read.ts'
import type { Log } from '#server/log.ts'
import type { Board } from './board.ts'
import { startLoop, type Loop } from './loop.ts'
import type { RosterEntry } from './roster.ts'

/** Whether a reading tells something new, and whether that can wait a moment. */
export type News = 'none' | 'new' | 'urgent'

/** What all loops of one collector share. */
export interface Looking {
  board: Board
  /** Beat of the members' loops now, ms. */
  beatMs: () => number
  /** Told after every reading. */
  onReading: (news: News) => void
  clock: () => Date
  signal: AbortSignal
  log: Log
}

// Writing begins within seconds of a new leader's key; until then nothing is more urgent than to see it.
const promotionBeatMs = 200
const promotionMs = 30_000
const viewBeatBesideEtcdMs = 1_000

/**
 * Looks at one member's Patroni: its status in one loop and its view of the cluster in another, so that never more than
 * two requests are under way at one Patroni and a hanging one does not hold up the other. `onSilence`: it has just stopped
 * answering, so other ways of looking are due at once.
 */
export function startMemberLoops(
  entry: RosterEntry,
  looking: Looking,
  signal: AbortSignal,
  onSilence: () => void,
): Loop {
  const { board, log } = looking
  const { patroni } = board.access
  const status = startLoop({
    name: `status ${entry.url}`,
    signal,
    log,
    beatMs: () => (isBeingPromoted(entry, looking) ? promotionBeatMs : looking.beatMs()),
    async look() {
      const reading = await toReading(patroni.status(entry.url, signal), looking.clock)
      if (signal.aborted) return
      if (!reading.ok && sees(entry.status)) onSilence()
      looking.onReading(entry.status.put(ofScope(reading, entry, looking)))
    },
  })
  const view = startLoop({
    name: `cluster ${entry.url}`,
    signal,
    log,
    beatMs: () => (sees(board.keys) ? Math.max(looking.beatMs(), viewBeatBesideEtcdMs) : looking.beatMs()),
    async look() {
      const reading = await toReading(patroni.clusterView(entry.url, signal), looking.clock)
      if (!signal.aborted) looking.onReading(entry.clusterView.put(ofScope(reading, entry, looking)))
      await lookAtSettings(entry, looking, signal)
    },
  })
  return {
    wake() {
      status.wake()
      view.wake()
    },
  }
}

const settingsBeatMs = 10_000

// Settings and history are the cluster's, not a member's: one reporter is enough, the leader where it answers.
async function lookAtSettings(entry: RosterEntry, looking: Looking, signal: AbortSignal): Promise<void> {
  const { board } = looking
  if (reporterOf(board) !== entry || !isDue(board, looking)) return
  const { patroni } = board.access
  const config = await toReading(patroni.config(entry.url, signal), looking.clock)
  if (signal.aborted) return
  const history = await toReading(patroni.history(entry.url, signal), looking.clock)
  if (signal.aborted) return
  for (const news of [board.config.put(config), board.history.put(history)]) looking.onReading(news)
}

function reporterOf(board: Board): RosterEntry | null {
  const answering = [...board.entries.values()].filter((entry) => sees(entry.status) && sees(entry.clusterView))
  const leader = board.leaderName()
  return answering.find((entry) => entry.name === leader) ?? answering[0] ?? null
}

// Patroni writes the history about a second after a promotion: after a change the settings are due at every beat for a while.
function isDue(board: Board, looking: Looking): boolean {
  const { seen } = board.history
  const newest = Math.max(seen.good?.observedAt.getTime() ?? 0, seen.problem?.observedAt.getTime() ?? 0)
  const now = looking.clock().getTime()
  const sinceChangeMs = now - board.leaderChangedAtMs
  return now - newest > (sinceChangeMs < settingsBeatMs ? 1_000 : settingsBeatMs)
}

function isBeingPromoted(entry: RosterEntry, looking: Looking): boolean {
  const { board } = looking
  if (board.leaderName() !== entry.name || entry.status.seen.good?.value.wal?.kind === 'primary') return false
  return looking.clock().getTime() - board.leaderChangedAtMs < promotionMs
}

// An address that another cluster took over must not speak for this one.
function ofScope<T extends PatroniStatus | PatroniClusterView>(
  reading: Reading<T>,
  entry: RosterEntry,
  { board }: Looking,
): Reading<T> {
  const { scope } = board.access.cluster
  if (!reading.ok || scope === null || reading.value.scope === null || reading.value.scope === scope) return reading
  const sentence = `${new URL(entry.url).host} answers for another cluster, "${reading.value.scope}": correct the address in the settings.`
  return { ok: false, observedAt: reading.observedAt, kind: 'protocol', sentence }
}

function sees(slot: { seen: { good: unknown; problem: unknown } }): boolean {
  return slot.seen.good !== null && slot.seen.problem === null
}
