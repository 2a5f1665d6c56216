import { setTimeout as sleep } from 'node:timers/promises'
import { leaderStateOf } from '#domain/judgement/leader-state.ts'
import { postgresState } from '#domain/snapshot/state-words.ts'
import type { StepOutcome } from '../define.ts'
import type { LeadContext } from './context.ts'
import { addressToLookAt } from '../leader-address.ts'
import { MoveWatch } from './move-watch.ts'

/** Waits until the new leader takes writes; in a standby cluster, until it leads as it should. */
export async function writable(context: LeadContext): Promise<StepOutcome> {
  const { cluster, facts } = context
  const newLeader = facts.newLeader ?? ''
  if (facts.newWritableAt) return { kind: 'done', detail: `${newLeader} takes writes.` }
  const snapshot = await cluster.snapshot()
  const url = snapshot && addressToLookAt(snapshot, newLeader)
  await using watch = new MoveWatch(context, url ? [{ name: newLeader, url }] : [])
  const deadline = performance.now() + patienceMs
  // The collector looks less often: its word would end a measurement that is under way.
  let blindAt = performance.now() + (url && !facts.isStandbyCluster ? blindAfterMs : 0)
  while (performance.now() < deadline) {
    if (context.facts.newWritableAt) return { kind: 'done', detail: `${newLeader} takes writes.` }
    if (watch.seen.members[newLeader] && !facts.isStandbyCluster) blindAt = performance.now() + blindAfterMs
    const found = performance.now() >= blindAt ? await bySnapshot(context, newLeader) : null
    if (found) return found
    await sleep(50, undefined, { signal: context.signal })
  }
  const sight = watch.seen.members[newLeader]
  if (!sight) {
    return {
      kind: 'unknown',
      detail: `${newLeader} holds the leader key, but it did not answer the console, so whether it ${facts.isStandbyCluster ? 'replicates' : 'takes writes'} cannot be told. Look at its Postgres (patronictl list).`,
    }
  }
  if (facts.isStandbyCluster) {
    return {
      kind: 'failed',
      detail: `${newLeader} holds the leader key but did not lead the standby cluster within ${patienceMs / 1000} s: its Postgres ${postgresState(sight.state)}. Its log says why.`,
    }
  }
  return {
    kind: 'failed',
    detail: `${newLeader} holds the leader key but took no writes within ${patienceMs / 1000} s: its Postgres is ${sight.state}. Its log says why it is not promoted.`,
  }
}

const patienceMs = 60_000
const blindAfterMs = 3_000

async function bySnapshot(context: LeadContext, newLeader: string): Promise<StepOutcome | null> {
  const snapshot = await context.cluster.snapshot()
  if (!snapshot) return null
  const state = leaderStateOf(snapshot, context.now())
  if (state.kind !== 'working' || state.member.name !== newLeader) return null
  if (snapshot.isStandbyCluster) return { kind: 'done', detail: `${newLeader} leads the standby cluster.` }
  const since = state.member.writableSince
  if (since === null) return null
  context.note({ newWritableAt: since, newWritableBy: 'collector' })
  return { kind: 'done', detail: `${newLeader} takes writes.` }
}
