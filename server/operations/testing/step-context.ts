import { planSwitchover } from '#domain/plan/plan-switchover.ts'
import type { SwitchoverWish } from '#domain/plan/plan-switchover/planning.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { healthyWorld, type World } from '#domain/testing/world.ts'
import { createPatroniClient } from '#server/adapters/patroni/client.ts'
import type { Facts } from '../define.ts'
import type { SwitchoverContext } from '../switchover/context.ts'

/** Where a step is tried out: a make-believe cluster whose Patroni, where it has an address, is a real server. */
export interface Stage {
  context: SwitchoverContext
  /** What was found out so far. */
  facts: Facts
  lines: string[]
}

/** The surroundings of one step; the plan is made of a healthy cluster, the step meets the world as it is by then. */
export function stageOf(given: {
  wish: Omit<SwitchoverWish, 'now'>
  world: () => World
  facts?: Facts
  /** Addresses of members' Patroni. */
  urls?: Record<string, string>
  planned?: World
  hasEtcd?: boolean
}): Stage {
  const { wish, urls = {}, planned = healthyWorld(new Date()) } = given
  const addresses = Object.values(urls)
  const facts: Facts = { ...given.facts }
  const lines: string[] = []
  const note = (found: Facts) => void Object.assign(facts, found)
  let last: Snapshot = at(planned, null)
  const plan = planSwitchover(last, { ...wish, now: planned.at })
  const context: SwitchoverContext = {
    operation: {
      id: 'operation',
      clusterId: last.clusterId,
      clusterName: last.clusterName,
      plan,
      requestedBy: { id: 'ada', name: 'Ada' },
      requestedAt: planned.at,
    },
    cluster: {
      patroni: createPatroniClient({ user: null, password: null, caPem: null, trustedOrigins: addresses }),
      trustedOrigins: addresses,
      readKeys: given.hasEtcd === false ? null : () => Promise.resolve(keysOf(given.world())),
      snapshot() {
        last = withAddresses(at(given.world(), last), urls)
        return Promise.resolve(last)
      },
      agent: () => null,
      operation: () => Promise.resolve(null),
      runningBackup: () => Promise.resolve(null),
      dcs: null,
      backups: () => Promise.resolve(null),
      agentSights: () => Promise.resolve([]),
      sessions: () => Promise.resolve(null),
      haproxy: null,
      hurry: () => {},
      lookDeep: () => {},
      calm: () => {},
    },
    facts,
    signal: AbortSignal.timeout(60_000),
    now: () => new Date(),
    say: (line) => void lines.push(line),
    note,
    remember: (found) => Promise.resolve(note(found)),
    fence: () => Promise.resolve(),
    commit: () => Promise.reject(new Error('This step keeps nothing in the store.')),
    renew: () => Promise.resolve(),
    forbidden: () => Promise.resolve(null),
    whyNotMoved: () => Promise.resolve(null),
    decide: () => Promise.reject(new Error('Nobody decides here.')),
    ended: [],
    cancelAskedBy: () => Promise.resolve(null),
    binding: { operation: 'operation', step: 'ask', epoch: 1, planHash: 'hash' },
    debugPoint: () => {},
  }
  return { context, facts, lines }
}

function at(world: World, previous: Snapshot | null): Snapshot {
  return takeSnapshot(previous, readingsOf(world), world.at)
}

function keysOf(world: World) {
  const keys = readingsOf(world).etcd?.keys.good?.value
  if (!keys) throw new Error('There are no keys to see in this world.')
  return keys
}

function withAddresses(snapshot: Snapshot, urls: Record<string, string>): Snapshot {
  const members = snapshot.members.map((member) => ({ ...member, apiUrl: urls[member.name] ?? member.apiUrl }))
  return { ...snapshot, members }
}
