import { readingsOf } from '#domain/testing/readings-of.ts'
import { healthyWorld } from '#domain/testing/world.ts'
import { ScriptedAgent } from '../../testing/scripted-agent.ts'
import { stageOf } from '../../testing/step-context.ts'
import type { RestoreContext } from '../context.ts'
import { restorePlan } from './restore-plan.ts'

/** Where a cluster of three that stands still comes back: of the nodes whose Patroni is started, the first leads. */
export function returnStage(timelines: Record<string, number>) {
  const {
    context: base,
    facts,
    lines,
  } = stageOf({
    wish: { kind: 'switchover', candidate: null, scheduledAt: null },
    world: () => healthyWorld(new Date()),
  })
  const plan = restorePlan()
  const started: string[] = []
  const agents = Object.entries(timelines).map(([node, timeline]) => {
    const agent = new ScriptedAgent(node)
    agent.calls = {
      'postgres-controldata': () => ({
        "Latest checkpoint's TimeLineID": String(timeline),
        'Latest checkpoint location': '0/3000028',
      }),
    }
    agent.runs = {
      'patroni-start': () => {
        started.push(node)
        return { state: 'succeeded' }
      },
    }
    return agent
  })
  const members = [plan.node, ...plan.replicas].map((name) => ({ name, url: `http://${name}:8008`, port: 5432 }))
  Object.assign(facts, { restoreBefore: { members } })
  const context: RestoreContext = {
    ...base,
    facts,
    operation: { ...base.operation, id: operationId, plan },
    cluster: {
      ...base.cluster,
      agent: (node) => agents.find((agent) => agent.node === node)?.access() ?? null,
      dcs: {
        list: () => Promise.resolve(started.slice(0, 1).map((value) => ({ name: 'leader', value }))),
        clear: () => Promise.reject(new Error('Nothing is cleared here.')),
      },
      patroni: { ...base.cluster.patroni, status: () => Promise.resolve(leading()) },
    },
    binding: { ...base.binding, operation: operationId, step: 'return-leader' },
  }
  return { context, facts, lines, started, agents }
}

function leading() {
  const world = healthyWorld(new Date())
  const status = readingsOf(world).members.find(({ name }) => name === world.leader)?.status.good?.value
  if (!status) throw new Error('Nobody leads in this world.')
  return status
}

const operationId = '6d1f3c52-8a4e-4c0b-9a57-3f1f6a2e7b44'
