import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { everywhere } from '#domain/people/grant.ts'
import type { Operation } from '#domain/operation/operation.ts'
import { removeFactors, vouchForFactors } from '#server/store/factors/factors.ts'
import { insertToken } from '#server/store/tokens.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { sweepRequests } from './sweep-requests.ts'
import { ApprovalStage, type Person } from './testing/approval-stage.ts'

let stage: ApprovalStage
let ada: Person

beforeAll(async () => {
  stage = await ApprovalStage.open(await openTestStore({ max: 10 }))
  ada = await stage.person('Ada', 'admin')
})

afterAll(() => stage[Symbol.asyncDispose]())

describe('an approval whose factor was removed since does not count', () => {
  const says = /The approval by bob-\S+ does not count any more. The factor that proved it was removed since./

  test('when it is run', async () => {
    const { asked, bob } = await approved('removed')
    await removeFactors(stage.store.pool, bob.id, null)
    await expect(stage.run(asked, ada)).rejects.toThrow(says)
    expect(await stage.now(asked)).toMatchObject({ state: 'refused', outcome: expect.stringMatching(says) })
  })

  test('when the worker begins it', async () => {
    const { asked, bob } = await approved('removed-late')
    await stage.run(asked, ada)
    await removeFactors(stage.store.pool, bob.id, null)
    const ended = await stage.ended(asked)
    expect(ended).toMatchObject({ state: 'refused', outcome: expect.stringMatching(says) })
    expect(ended.steps.every(({ startedAt }) => startedAt === null)).toBe(true)
  })

  test('when nobody runs it', async () => {
    const { asked, bob } = await approved('removed-swept')
    await removeFactors(stage.store.pool, bob.id, null)
    expect(await sweepRequests(stage.store)).toEqual([asked.id])
  })

  test('while another one of the same person was removed, it does', async () => {
    const { asked, bob } = await approved('other-removed')
    const used = (await stage.now(asked)).approval?.decisions.length
    await stage.giveApp(bob.id)
    const { rows } = await stage.store.pool.query<{ id: string }>(
      `select id from factor where user_id = $1 and id::text not in (select factor_id from approval)`,
      [bob.id],
    )
    await removeFactors(stage.store.pool, bob.id, rows[0]?.id ?? '')
    expect(used).toBe(1)
    await stage.run(asked, ada)
  })
})

describe('a factor that whoever asks has vouched for proves no second person', () => {
  test('directly', async () => {
    const bob = await person({ vouchedBy: ada.name })
    const asked = await stage.ask(await stage.governed('direct'), ada)
    await expect(stage.decide(asked, bob)).rejects.toThrow(
      `${ada.name}, who asks for this, vouched for the factor that proves ${bob.name}: that would be both persons in one. Somebody has to approve it for whom another administrator vouched.`,
    )
    // It stays open for others.
    expect(await stage.now(asked)).toMatchObject({ state: 'proposed', approval: { decisions: [] } })
    await stage.decide(asked, await person({ vouchedBy: 'somebody@example.org' }))
    await stage.run(asked, ada)
  })

  test('by a token', async () => {
    const grants = [everywhere('operator')]
    const wanted = { name: 'ci', grants, hash: 'x', createdBy: 'somebody', ownerId: ada.id, expiresInDays: 1 }
    const id = (await insertToken(stage.store.pool, wanted))?.id ?? ''
    const asked = await stage.ask(await stage.governed('by-token'), { id, name: 'ci', kind: 'token' })
    const bob = await person({ vouchedBy: ada.name })
    await expect(stage.decide(asked, bob)).rejects.toThrow(`${ada.name}, who asks for this, vouched for the factor`)
  })

  test('nor one that its owner vouched for by such a factor', async () => {
    const bob = await person({ vouchedBy: ada.name })
    await stage.giveApp(bob.id, { isVouched: false })
    await vouchForFactors(stage.store.pool, { userId: bob.id, id: null, by: bob.name })
    const asked = await stage.ask(await stage.governed('by-own'), ada)
    await expect(stage.decide(asked, bob)).rejects.toThrow('that would be both persons in one')
  })

  test('and one that its owner vouched for by a factor that others vouched for does', async () => {
    const bob = await person({ vouchedBy: 'somebody@example.org' })
    await stage.giveApp(bob.id, { isVouched: false })
    await vouchForFactors(stage.store.pool, { userId: bob.id, id: null, by: bob.name })
    const asked = await stage.ask(await stage.governed('by-own-good'), ada)
    await stage.decide(asked, bob)
    await stage.run(asked, ada)
    expect((await stage.now(asked)).approval?.decisions).toMatchObject([{ approver: { name: bob.name } }])
  })

  test('nor is it counted where it is found later', async () => {
    const { asked, bob } = await approved('found-later')
    await stage.store.pool.query(`update factor set vouched_by = $2 where user_id = $1`, [bob.id, ada.name])
    await expect(stage.run(asked, ada)).rejects.toThrow(/does not count any more. .* that would be both persons in one/)
  })

  test('to reject it is enough: that is no second yes', async () => {
    const bob = await person({ vouchedBy: ada.name })
    const asked = await stage.ask(await stage.governed('reject'), ada)
    await stage.decide(asked, bob, 'reject')
    expect(await stage.now(asked)).toMatchObject({ outcome: `${bob.name} rejected it: Not before the weekend.` })
  })
})

test('a rejection stands though its factor was removed', async () => {
  const bob = await person({ vouchedBy: 'somebody@example.org' })
  const asked = await stage.ask(await stage.governed('rejected-removed', { approvals: 2 }), ada)
  await stage.decide(asked, bob, 'reject')
  await removeFactors(stage.store.pool, bob.id, null)
  expect((await stage.now(asked)).outcome).toContain('rejected it')
})

/** Bob, whose newest app somebody has vouched for. */
async function person({ vouchedBy }: { vouchedBy: string }): Promise<Person> {
  const bob = await stage.person('Bob', 'admin', { isVouched: false })
  await vouchForFactors(stage.store.pool, { userId: bob.id, id: null, by: vouchedBy })
  return bob
}

async function approved(name: string): Promise<{ asked: Operation; bob: Person }> {
  const asked = await stage.ask(await stage.governed(name), ada)
  const bob = await person({ vouchedBy: 'somebody@example.org' })
  await stage.decide(asked, bob)
  return { asked, bob }
}
