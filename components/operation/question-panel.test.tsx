import { expect, test } from 'vitest'
import { openPage } from '#components/trpc/testing/open-page.tsx'
import type { Operation } from '#domain/operation/operation.ts'
import type { Role } from '#domain/people/permission.ts'
import { madeAttempt, madeRecovery, madeStep } from '#domain/testing/operation-made.ts'
import { hour } from '#domain/testing/restore-case.ts'
import { OperationView } from './operation-view.tsx'

const ordersEstimated = {
  database: 'shop',
  schema: 'public',
  name: 'orders',
  bytes: 400_000,
  rows: 90_000,
  isCounted: false,
}

const waiting = madeRecovery({
  state: 'waiting',
  steps: [madeStep(11, 'inspect', 'done'), madeStep(12, 'decide', 'running')],
  question: {
    step: 12,
    sentence: 'Recovery stopped just before transaction 725.',
    askedAt: hour,
    seen: madeAttempt({ tables: [ordersEstimated] }),
    ways: [
      { kind: 'commit', title: 'Make it final', sentence: 'pg-node-3 leads on a new timeline.', isFinal: true },
      { kind: 'abandon', title: 'Go back', sentence: 'The old cluster comes back as it was.', isFinal: false },
    ],
  },
})

/** The sheet is loaded when it is first opened. */
const slowMs = 20_000

function open(operation: Operation, role: Role = 'operator') {
  return openPage({
    page: <OperationView operation={operation} />,
    answers: { 'operations.decide': () => ({ ...operation, question: null, state: 'running' }) },
    role,
    now: hour,
  })
}

test('what was seen stands beside the question, with a button for each way and none to stop it otherwise', async () => {
  await using page = await open(waiting)
  const text = page.text()
  expect(text).toContain('Waits for a decision')
  expect(text).toContain('Recovery stopped just before transaction 725.')
  expect(text).toContain('before commit of transaction 725, 2026-11-24 00:09:00.201+00')
  expect(text).toMatch(/count41/u)
  expect(text).toContain('about 90,000')
  expect(text).not.toContain('Stop this operation')
  expect(page.button('Make it final')).toBeTruthy()
  expect(page.button('Go back')).toBeTruthy()
})

test(
  'a way without a cheap way back wants the name typed, and the answer names the step that asked',
  async () => {
    await using page = await open(waiting)
    await page.press('Make it final')
    await page.until(() => page.text().includes('Type shop to confirm'))
    const confirm = () =>
      [...document.querySelectorAll('[role=dialog] button[type=submit]')].find(
        ({ textContent }) => textContent === 'Make it final',
      ) as HTMLButtonElement
    await page.fill('Reason', 'the count is right')
    expect(confirm().getAttribute('aria-disabled')).toBe('true')
    await page.fill('Type shop', 'shop')
    expect(confirm().getAttribute('aria-disabled')).toBeNull()
    confirm().form?.requestSubmit()
    await page.until(() => page.asked.some(({ path }) => path === 'operations.decide'))
    expect(page.asked.find(({ path }) => path === 'operations.decide')?.input).toEqual({
      id: waiting.id,
      step: 12,
      way: 'commit',
      target: null,
      reason: 'the count is right',
    })
  },
  slowMs,
)

test('who looks on sees the question and the ways, and that somebody else decides', async () => {
  await using page = await open(waiting, 'viewer')
  expect(page.text()).toContain('The old cluster comes back as it was.')
  expect(page.text()).toContain('Whoever has the role operator or admin decides')
  expect(() => page.button('Make it final')).toThrow('There is no button')
})

test('what was decided stands at the step that asked', async () => {
  await using page = await open({
    ...waiting,
    state: 'running',
    question: null,
    decisions: [{ step: 12, way: 'commit', target: null, reason: 'the count is right', by: 'Ada', at: hour }],
  })
  expect(page.text()).toMatch(/Ada decided to make it final at .*: the count is right/u)
})
