import { beforeEach, expect, inject, test } from 'vitest'
import { switchoverResultOf } from '#domain/operation/operation.ts'
import { workerPidOf } from '../console.ts'
import { labClusterName } from '../lab-cluster.ts'
import { until } from '../until.ts'
import { healLab, look, rest, timelineOf } from './watched-lab.ts'

beforeEach(async () => void (await healLab()))

test.each([200, 900, 1800])(
  'a worker killed %d ms into a switchover is followed by one that ends it once',
  async (afterMs) => {
    const before = await look()
    const { pid } = inject('console')
    const asked = await rest.switchOver(labClusterName, { to: null, reason: `killed after ${afterMs} ms` })
    await until({ what: 'the operation runs', timeoutMs: 60_000, everyMs: 20 }, async () => {
      const { state } = await rest.operation(asked.id)
      return state !== 'planned'
    })
    await new Promise((resolve) => setTimeout(resolve, afterMs))
    const killed = workerPidOf(pid)
    if (killed === null) throw new Error('The console has no worker.')
    // Its own beginning has raised the epoch before: only what comes after it is a takeover.
    const { epoch, endedAt } = await rest.operation(asked.id)
    expect(endedAt).toBeNull()
    process.kill(killed, 'SIGKILL')
    await until({ what: 'another worker has taken over', timeoutMs: 90_000, everyMs: 50 }, async () => {
      return (await rest.operation(asked.id)).epoch > epoch
    })
    const ended = await rest.untilEnded(asked.id)

    expect(ended.state).toBe('succeeded')
    const after = await look()
    expect(after.leader).toBe(switchoverResultOf(ended.result)?.newLeader)
    expect(timelineOf(after)).toBe(timelineOf(before) + 1)
    const ends = (await rest.audit(labClusterName)).filter(
      ({ operationId, outcome }) => operationId === asked.id && outcome === 'done',
    )
    expect(ends).toHaveLength(1)
  },
)
