import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Operation } from '#domain/operation/operation.ts'
import type { RehearsalExtract, RehearsalPlan } from '#domain/plan/rehearsal-plan.ts'
import { inTransaction } from '#server/store/open.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { scheduleActor } from '../request/actor.ts'
import { rehearsalPlan } from '../testing/rehearsal-stage.ts'
import { ApprovalStage, type Person } from './testing/approval-stage.ts'
import { whyNotBegun } from './why-not-begun.ts'

let stage: ApprovalStage
let ada: Person

beforeAll(async () => {
  stage = await ApprovalStage.open(await openTestStore({ max: 10 }))
  ada = await stage.person('Ada', 'operator')
})

afterAll(() => stage[Symbol.asyncDispose]())

test('a rehearsal that is due needs nobody, and one that takes data out is none of those', async () => {
  const cluster = await stage.governed('scheduled', { acts: ['switchover', 'rehearsal'] })
  const asked = await stage.ask(cluster, ada)
  const by = (extract: RehearsalExtract | null): Operation => {
    const plan: RehearsalPlan = { ...rehearsalPlan(null), clusterId: cluster.id, clusterName: cluster.name, extract }
    return { ...asked, kind: 'rehearsal', plan, requestedBy: scheduleActor, approval: null }
  }
  const why = (operation: Operation) => inTransaction(stage.store, (tx) => whyNotBegun(tx, operation))
  expect(await why(by(null))).toBeNull()
  expect(await why(by({ database: 'orders', schema: 'public', table: null }))).toMatch(
    /It was not asked for approval, so nothing was done/,
  )
})
