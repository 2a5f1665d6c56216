import type { RehearsalPlan } from '#domain/plan/rehearsal-plan.ts'
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
  const leader = new ScriptedAgent('pg-node-3')
  leader.runs = { 'postgres-mark-wal': () => ({ state: 'succeeded', result: marked }) }
  const plan = { ...rehearsalPlan(snapshot?.systemIdentifier ?? null), ...given.plan }
  const { context: base, facts, lines } = stage
  const context: RehearsalContext = {
    ...base,
    facts,
    operation: { ...base.operation, id: rehearsalId, plan },
    cluster: { ...base.cluster, agent: (node) => [agent, leader].find((one) => one.node === node)?.access() ?? null },
    binding: { ...base.binding, operation: rehearsalId, step: given.step ?? 'restore' },
    cancelAskedBy: () => Promise.resolve(given.cancelAskedBy ?? null),
  }
  return { context, agent, leader, facts, lines, plan }
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
        {
          name: 'main',
          status: { code: 0, message: 'ok' },
          archive: [{ id: '15-1', min: null, max: null, database: { id: 1, 'repo-key': 1 } }],
          backup: [listedBackup('20261125-030000F', 'full')],
          db: [{ id: 1, 'repo-key': 1, 'system-id': 7_711, version: '15' }],
        },
      ]),
    'pgbackrest-repo-ls': () => listedWal(marked.wal),
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

/** What the leader's agent says that it marked. */
export const marked = { wal: '000000010000000000000007', lsn: '0/7000158', at: '2026-11-25T04:00:01.000000Z' }

/** What `repo-ls` prints of an archive that ends with this segment. */
export function listedWal(wal: string): unknown {
  return printed({ [`${wal}-${'0a'.repeat(20)}.zst`]: { type: 'file' } })
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
