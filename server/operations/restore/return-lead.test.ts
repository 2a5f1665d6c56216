import { expect, test } from 'vitest'
import { returnReplica } from './rebuild.ts'
import { returnLeader } from './return-lead.ts'
import { returnStage } from './testing/return-stage.ts'

test('the old leader leads again, and nobody else is started before', async () => {
  const stage = returnStage({ 'pg-node-1': 5, 'pg-node-2': 5, 'pg-node-3': 4 })
  expect(await returnLeader(stage.context)).toMatchObject({
    kind: 'done',
    detail: 'pg-node-1 leads again, on timeline 4.',
  })
  expect(stage.started).toEqual(['pg-node-1'])
})

test('where the lead had moved, whoever took it leads, and the old leader follows', async () => {
  const stage = returnStage({ 'pg-node-1': 4, 'pg-node-2': 6, 'pg-node-3': 5 })
  expect(await returnLeader(stage.context)).toMatchObject({
    kind: 'done',
    detail:
      'pg-node-2 leads again, on timeline 4. It has data of timeline 6, pg-node-1 only of timeline 4: the lead had moved in between. Patroni is started on pg-node-1 as well, to follow.',
  })
  expect(stage.started).toEqual(['pg-node-2', 'pg-node-1'])
  expect(stage.facts.restore?.returnedTo).toBe('pg-node-2')
  // Tried again it stays with whom it chose.
  expect(await returnLeader(stage.context)).toMatchObject({ kind: 'done' })
  expect(stage.started).toEqual(['pg-node-2', 'pg-node-1'])
})

test('a node that nobody can ask holds nothing up', async () => {
  const stage = returnStage({ 'pg-node-1': 4, 'pg-node-3': 4 })
  expect(await returnLeader(stage.context, 20)).toMatchObject({ kind: 'done' })
  expect(stage.started).toEqual(['pg-node-1'])
  expect(stage.lines.join(' ')).toContain('how far pg-node-2 has come cannot be told')
})

test('where the lead had moved before anybody was stopped, who has it keeps it', async () => {
  const stage = returnStage({ 'pg-node-1': 4, 'pg-node-2': 5, 'pg-node-3': 5 })
  stage.started.push('pg-node-2')
  const moved = { kind: 'failed' as const, detail: 'pg-node-2 leads by now.' }
  const context = {
    ...stage.context,
    ended: [{ n: 5, name: 'stop-replicas', outcome: moved }],
    binding: { ...stage.context.binding, step: 'return-replica~1' },
  }
  expect(await returnReplica(context)).toEqual({ kind: 'done', detail: 'pg-node-2 leads.' })
})
