import { expect, test } from 'vitest'
import { recordedOutput } from '#server/adapters/pgbackrest/testing/recorded.ts'
import type { ScriptedRun } from '../testing/scripted-agent.ts'
import { backUp } from './back-up.ts'
import { returnStage } from './testing/return-stage.ts'

const locked: ScriptedRun = {
  state: 'failed',
  problem:
    '"pgbackrest-backup" ended with exit code 50: ERROR: [050]: unable to acquire lock on file \'/tmp/pgbackrest/main-backup.lock\': Resource temporarily unavailable',
}
const soon = { tries: 3, pauseMs: 5 }

test('a backup of somebody else is waited for, and then the own one is begun', async () => {
  const { context, begun, lines } = stage([
    locked,
    locked,
    { state: 'succeeded', result: { label: '20990101-000000F' } },
  ])
  // What it made is looked for afterwards: this repository does not list it.
  expect(await backUp(context, soon)).toMatchObject({ detail: expect.stringContaining('20990101-000000F') })
  expect(begun()).toBe(3)
  expect(lines.filter((line) => line.includes('it is waited for'))).toHaveLength(1)
})

test('where that does not end, a person is asked in words', async () => {
  const { context, begun } = stage([locked])
  const ended = await backUp(context, soon)
  expect(ended).toMatchObject({
    kind: 'failed',
    detail: expect.stringMatching(/was begun 3 times .*Someone else is doing it: another backup, .*Wait for it to end/),
  })
  expect(begun()).toBe(3)
})

test('another failure is told in words at once', async () => {
  const problem = '"pgbackrest-backup" ended with exit code 55: ERROR: [055]: unable to open missing file'
  const { context, begun } = stage([{ state: 'failed', problem }])
  expect(await backUp(context, soon)).toMatchObject({
    kind: 'failed',
    detail: expect.stringMatching(/^pgBackRest on pg-node-1 failed\. /),
  })
  expect(begun()).toBe(1)
})

/** An agent whose backups end so, one after the other, and then like the last. */
function stage(ends: ScriptedRun[]) {
  const { context, agents, lines } = returnStage({ 'pg-node-1': 4 })
  const [agent] = agents
  if (agent === undefined) throw new Error('There is no agent.')
  const left = [...ends]
  agent.runs['pgbackrest-backup'] = () => (left.length > 1 ? left.shift() : left[0]) ?? locked
  agent.calls['pgbackrest-info'] = () =>
    recordedOutput({ info: 'timelines', listing: 'timelines', world: 'timelines' }, '/v1/verbs/pgbackrest-info', {})
  const begun = () => agent.done.filter(({ verb }) => verb === 'pgbackrest-backup').length
  return { context: { ...context, binding: { ...context.binding, step: 'backup' } }, begun, lines }
}
