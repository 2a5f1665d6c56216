import { expect, test } from 'vitest'
import { nodes } from '#lab/addresses.ts'
import { enrolAgent } from '#lab/control.ts'
import { labClusterName } from '../lab-cluster.ts'
import { enrolAll, untilAgent } from './enrolled-lab.ts'
import { healLab, rest } from './watched-lab.ts'

test('a node is let in by its token, once, and by no other node', async () => {
  await healLab()
  const begunAt = new Date()
  const { token } = await rest.inviteAgent(labClusterName, 'pg-node-1')
  const foreign = await enrolAgent('pg-node-2', token)
  expect(foreign).toMatchObject({ exitCode: 3 })
  expect(foreign.stdout + foreign.stderr).toMatch(/pg-node-1/)
  const again = await rest.inviteAgent(labClusterName, 'pg-node-1')
  expect(await enrolAgent('pg-node-1', again.token)).toMatchObject({ exitCode: 0 })
  await untilAgent('pg-node-1')
  const used = await enrolAgent('pg-node-1', again.token)
  expect(used).toMatchObject({ exitCode: 3 })
  expect(used.stdout + used.stderr).toMatch(/used/)
  // The enrolment that stood before a token was refused stands.
  await untilAgent('pg-node-1')
  const kinds = (await rest.events(labClusterName, begunAt)).map(({ kind }) => kind)
  expect(kinds).toContain('agent-enrolled')
  expect(kinds).toContain('agent-turned-away')
})

test('every node of a cluster has its agent', async () => {
  await healLab()
  await enrolAll()
  const states = (await rest.agents(labClusterName)).map(({ node, state }) => `${node} ${state}`)
  expect(states).toEqual(nodes.map((node) => `${node} enrolled`))
})
