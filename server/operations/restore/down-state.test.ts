import { expect, test } from 'vitest'
import type { RecoveryStatus } from '#agent/protocol/results.ts'
import { AgentRefusal } from '#server/adapters/agent/refusal.ts'
import { noAccess } from '../testing/no-access.ts'
import { downStateOf } from './down-state.ts'

const control = { "Latest checkpoint's TimeLineID": '4' }

test('a node that is down tells in one call how far its data has come', async () => {
  const { asking, asked } = nodeThat((args) => ({ ...status(null), ...('withControl' in args ? { control } : {}) }))
  expect(await downStateOf(asking, 'pg-node-1')).toEqual({ pid: null, control })
  expect(asked).toEqual(['postgres-recovery-status'])
})

test('data that cannot be read is not asked for a second time', async () => {
  const { asking, asked } = nodeThat(() => ({ ...status(null), control: null }))
  expect(await downStateOf(asking, 'pg-node-1')).toEqual({ pid: null, control: null })
  expect(asked).toHaveLength(1)
})

test('an older agent is asked as it was', async () => {
  const older = (pid: number | null) => (args: object) => {
    if ('withControl' in args) throw new AgentRefusal({ node: 'pg-node-1', address: '' }, 'bad-arguments', 'Not known.')
    return status(pid)
  }
  const down = nodeThat(older(null))
  expect(await downStateOf(down.asking, 'pg-node-1')).toEqual({ pid: null, control })
  expect(down.asked).toEqual(['postgres-recovery-status', 'postgres-recovery-status', 'postgres-controldata'])
  expect(await downStateOf(nodeThat(older(7)).asking, 'pg-node-1')).toEqual({ pid: 7, control: null })
})

test('another refusal stays one', async () => {
  const { asking } = nodeThat(() => {
    throw new AgentRefusal({ node: 'pg-node-1', address: '' }, 'vetoed', 'Not here.')
  })
  await expect(downStateOf(asking, 'pg-node-1')).rejects.toThrow('Not here.')
})

function nodeThat(answer: (args: object) => unknown) {
  const asked: string[] = []
  const ask = async (verb: string, args: object) => {
    asked.push(verb)
    return verb === 'postgres-controldata' ? control : answer(args)
  }
  const cluster = { ...noAccess, agent: (node: string) => ({ node, ask }) }
  return { asked, asking: { cluster, say: () => {}, signal: new AbortController().signal } }
}

function status(pid: number | null): RecoveryStatus {
  return {
    state: pid === null ? 'stopped' : 'recovering',
    pid,
    stoppedAt: null,
    lastCompletedAt: null,
    newTimeline: null,
    failure: null,
    replayedLsn: null,
    replayedAt: null,
    isAnswering: false,
  }
}
