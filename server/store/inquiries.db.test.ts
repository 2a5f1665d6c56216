import { expect, test } from 'vitest'
import { openTestStore } from '#tools/testing/store.ts'
import { answerInquiry, ask, takeInquiries } from './inquiries.ts'

const patience = { timeout: 60_000 }
const question = { kind: 'discover', input: { name: 'main' }, sealed: null, askedBy: 'admin' } as const

test('a question is taken by one worker and its answer reaches who asked', async () => {
  await using store = await openTestStore()
  const answer = ask(store, question, 20_000)
  await expect.poll(() => store.pool.query('select 1 from inquiry').then(({ rowCount }) => rowCount), patience).toBe(1)
  const taken = await Promise.all([takeInquiries(store), takeInquiries(store)])
  const [inquiry] = taken.flat()
  expect(taken.flat()).toEqual([{ ...question, id: expect.any(String) }])
  await answerInquiry(store, inquiry?.id ?? '', { answer: { members: [] } })
  expect(await answer).toEqual({ members: [] })
})

test('a problem is told to who asked', async () => {
  await using store = await openTestStore()
  const problem = ask(store, question, 20_000).catch((error: unknown) => error)
  await expect
    .poll(async () => {
      const [inquiry] = await takeInquiries(store)
      if (inquiry) await answerInquiry(store, inquiry.id, { problem: 'Nothing listens there.' })
      return inquiry !== undefined
    }, patience)
    .toBe(true)
  expect(await problem).toMatchObject({ code: 'refused', message: 'Nothing listens there.' })
})

test('without a worker the question ends at its deadline and is not taken up later', async () => {
  await using store = await openTestStore()
  await expect(ask(store, question, 200)).rejects.toThrow(/No worker took up the question/)
  expect(await takeInquiries(store)).toEqual([])
})
