import type { RehearsalPlan } from '#domain/rehearsal-plan.ts'
import { healthyWorld } from '#domain/testing/world.ts'
import type { Facts } from '../define.ts'
import type { RehearsalContext } from '../rehearsal/context.ts'
import { ScriptedAgent } from './scripted-agent.ts'
import { listedBackup, printed } from './stand-in-agent.ts'
import { stageOf } from './step-context.ts'

/** Where a step of a rehearsal is tried out: a healthy cluster, and an agent to which all goes well unless it is told otherwise. */
export async function rehearsalStage(
  given: { plan?: Partial<RehearsalPlan>; facts?: Facts; cancelAskedBy?: string; step?: string } = {},
) {
  const wish = { kind: 'switchover', candidate: null, scheduledAt: null } as const
  const stage = stageOf({ wish, world: () => healthyWorld(new Date()), facts: given.facts ?? {} })
  const snapshot = await stage.context.cluster.snapshot()
  const agent = wellAgent('pg-node-2')
  const plan = { ...rehearsalPlan(snapshot?.systemIdentifier ?? null), ...given.plan }
  const { context: base, facts, lines } = stage
  const context: RehearsalContext = {
    ...base,
    facts,
    operation: { ...base.operation, id: rehearsalId, plan },
    cluster: { ...base.cluster, agent: (node) => (node === agent.node ? agent.access() : null) },
    binding: { ...base.binding, operation: rehearsalId, step: given.step ?? 'restore' },
    cancelAskedBy: () => Promise.resolve(given.cancelAskedBy ?? null),
  }
  return { context, agent, facts, lines, plan }
}

export const rehearsalId = '2b7a4c55-6c9e-4b0f-9d27-0a4f4f1c9e11'
export const briskPace = { pollMs: 2, silentMs: 60 }

/** An agent on whose node a rehearsal goes well. */
export function wellAgent(node: string): ScriptedAgent {
  const agent = new ScriptedAgent(node)
  agent.calls = {
    'data-kept': () => ({ aside: [], rehearsals: [], freeBytes: 10 ** 12 }),
    'pgbackrest-info': () =>
      printed([
        { name: 'main', status: { code: 0, message: 'ok' }, backup: [listedBackup('20261125-030000F', 'full')] },
      ]),
    'rehearsal-status': () => recovered,
    'postgres-tables': () => ({ tables: [orders], problems: [] }),
    'postgres-query': () => ({ columns: ['count'], rows: [['7']], isCut: false, problem: null, ms: 3 }),
  }
  agent.runs = {
    'rehearsal-restore': () => ({
      state: 'succeeded',
      result: { set: '20261125-030000F', size: '23.0MB', files: 980 },
      lines: ['2026-11-25 18:11:47.803 P01 DETAIL: restore file /d/base/4/1255 (768KB, 46.52%) checksum adb7', 'noise'],
    }),
    'rehearsal-start': () => ({ state: 'succeeded', result: recovered }),
    'rehearsal-amcheck': () => ({ state: 'succeeded', result: { relations: 557, faults: [], problem: null } }),
    'rehearsal-dump': () => ({ state: 'succeeded', result: { bytes: 1_972, sha256: 'ab' } }),
  }
  return agent
}

/** What Postgres told of a recovery that stopped where it was to. */
export const recovered = {
  state: 'promoted',
  pid: 4_711,
  stoppedAt: { how: 'before commit', xid: '732', time: '2026-11-25 03:30:00.500000+00' },
  lastCompletedAt: '2026-11-25 03:29:59.000000+00',
  newTimeline: 2,
  failure: null,
  replayedLsn: '0/3140698',
  replayedAt: null,
  isAnswering: true,
} as const

const orders = { database: 'shop', schema: 'sales', name: 'orders', bytes: 8_192, rows: 7, isCounted: true }

export function rehearsalPlan(systemIdentifier: string | null): RehearsalPlan {
  return {
    version: 1,
    kind: 'rehearsal',
    clusterId: 'c',
    clusterName: 'demo',
    leader: 'pg-node-3',
    timeline: 1,
    systemIdentifier,
    node: 'pg-node-2',
    nodeReason: '',
    stanza: 'main',
    repository: 1,
    target: { type: 'time', at: new Date('2026-11-25T03:30:00Z'), timeline: null },
    targetWords: '2026-11-25 03:30:00.000 UTC',
    set: '20261125-030000F',
    targetTimeline: 1,
    choiceReason: '',
    check: null,
    verifiesPages: false,
    extract: null,
    space: { neededBytes: 10 ** 9, freeBytes: 10 ** 12 },
    snapshotVersion: 1,
    madeAt: new Date('2026-11-25T04:00:00Z'),
    sentences: [],
    blockers: [],
    nearestAt: null,
    warnings: [],
    pointOfNoReturn: '',
  }
}
