import { afterAll, beforeAll, expect, test } from 'vitest'
import { policyDefaults, type ApprovalPolicy, type PolicyDraft } from '#domain/approvals/policy.ts'
import { policyText, type PolicyWish } from '#domain/approvals/policy-text.ts'
import type { ClusterConfig } from '#domain/fleet/cluster.ts'
import { sealProof } from '#server/factors/seal-code.ts'
import { approvalsSeen } from '#server/store/approvals/seen.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { seedCluster } from '../testing/seed.ts'
import { changePolicy } from './change-policy.ts'
import { ApprovalStage, type Person } from './testing/approval-stage.ts'

let stage: ApprovalStage
let ada: Person
let bob: Person
let eve: Person

beforeAll(async () => {
  stage = await ApprovalStage.open(await openTestStore({ max: 10 }))
  ada = await stage.person('Ada', 'operator')
  bob = await stage.person('Bob', 'admin')
  eve = await stage.person('Eve', 'admin')
})

afterAll(() => stage[Symbol.asyncDispose]())

test('a policy that is taken away is told loudly on its cluster, with what it let go', async () => {
  const cluster = await seedCluster(stage.store, 'taken-away')
  const policy = await set(null, draftFor(cluster))
  expect(await told(cluster)).toEqual([])
  await stage.ask(cluster, ada)
  const approved = await stage.ask(cluster, ada)
  await stage.decide(approved, bob)

  await change({ kind: 'remove', id: policy.id })
  const sentence = `${eve.name} took away the policy of taken-away. On taken-away it asked for 1 approval by others for a switchover and a recovery in place, and let nobody act alone. 1 request that waits can be run without another approval now.`
  expect(await told(cluster)).toEqual([{ severity: 'critical', sentence }])
  expect(await approvalsSeen(stage.store.pool, cluster.id)).toMatchObject({ policiesWeakened: 1 })
  const { rows } = await stage.store.pool.query(
    `select detail->'told' as told from audit_event where action = 'policies.remove' and target = $1`,
    [policy.name],
  )
  expect(rows).toEqual([{ told: [sentence] }])
})

test('one that asks for less is told by what; a new one and a stricter one are not', async () => {
  const cluster = await seedCluster(stage.store, 'milder')
  const { id } = await set(null, { ...draftFor(cluster), approvals: 2 })
  const half = await stage.ask(cluster, ada)
  await stage.decide(half, bob)
  await set(id, { ...draftFor(cluster), approvals: 2, acts: ['switchover', 'restore', 'failover'] })
  expect(await told(cluster)).toEqual([])
  await set(id, { ...draftFor(cluster), approvals: 1, allowsBreakGlass: true })
  expect(await told(cluster)).toEqual([
    {
      severity: 'critical',
      sentence: `${eve.name} made the policy of milder milder. On milder it does not govern a failover to a named member any more, asks for 1 approval instead of 2, and lets one person act alone. 1 request that waits can be run without another approval now.`,
    },
  ])
  await stage.run(half, ada)
})

test('every cluster of which less is asked is told, and no other', async () => {
  const [here, kept, away] = [
    await seedCluster(stage.store, 'label-here'),
    await seedCluster(stage.store, 'label-kept'),
    await seedCluster(stage.store, 'label-away'),
  ]
  await stage.store.pool.query(`update cluster set labels = '{prod}' where id = any($1)`, [[here.id, kept.id]])
  const labelled = { ...draftFor(here), name: 'by label', scope: { kind: 'label', label: 'prod' } } as const
  const { id } = await set(null, labelled)
  await set(id, { ...labelled, scope: { kind: 'cluster', clusterId: kept.id } })
  expect(await told(here)).toMatchObject([
    { sentence: expect.stringContaining(`${eve.name} took label-here out of the policy by label.`) },
  ])
  expect([...(await told(kept)), ...(await told(away))]).toEqual([])
})

test('what was refused changes nothing and tells nothing', async () => {
  const cluster = await seedCluster(stage.store, 'unproven')
  const { id } = await set(null, draftFor(cluster))
  await expect(change({ kind: 'remove', id }, '000000')).rejects.toMatchObject({ code: 'refused' })
  expect(await told(cluster)).toEqual([])
})

function draftFor({ id, name }: ClusterConfig): PolicyDraft {
  return {
    name: `of ${name}`,
    scope: { kind: 'cluster', clusterId: id },
    acts: ['switchover', 'restore'],
    approvals: 1,
    ...policyDefaults,
    allowsBreakGlass: false,
  }
}

async function set(id: string | null, draft: PolicyDraft): Promise<ApprovalPolicy> {
  const policy = await change({ kind: 'set', id, draft })
  if (!policy) throw new Error('It was not kept.')
  return policy
}

async function change(wish: PolicyWish, code?: string): Promise<ApprovalPolicy | null> {
  const proven = { userId: eve.id, purpose: 'policy', subject: policyText(wish) } as const
  const proof = await sealProof(stage.store.pool, proven, { kind: 'totp', code: code ?? (await stage.code(eve.id)) })
  return changePolicy(stage.store, stage.checkProof, { ...wish, userId: eve.id, proof })
}

async function told({ id }: ClusterConfig): Promise<{ severity: string; sentence: string }[]> {
  const { rows } = await stage.store.pool.query<{ severity: string; sentence: string }>(
    `select severity, sentence from event where cluster_id = $1 and kind = 'policy-weakened' order by id`,
    [id],
  )
  return rows
}
