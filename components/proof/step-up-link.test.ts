import { TRPCClientError, type OperationResultObservable, type TRPCLink } from '@trpc/client'
import { observable } from '@trpc/server/observable'
import { createTRPCClient } from '@trpc/client'
import { expect, test, vi } from 'vitest'
import type { AppRouter } from '#server/api/root.ts'
import { answerStepUp, isStepUpAsked } from './step-up-desk.ts'
import { stepUpLink } from './step-up-link.ts'

const patience = { timeout: 20_000 }

test('an act that wants a step-up is sent again with the same input once it is given', async () => {
  const { client, sent } = clientThatWants(1)
  const acting = client.tokens.revoke.mutate({ id: 'a' })
  await vi.waitUntil(isStepUpAsked, patience)
  answerStepUp(true)
  await expect(acting).resolves.toEqual({ id: 'done' })
  expect(sent).toEqual([{ id: 'a' }, { id: 'a' }])
})

test('two acts at once ask once, and both go on', async () => {
  const { client, sent } = clientThatWants(2)
  const acting = [client.tokens.revoke.mutate({ id: 'a' }), client.tokens.revoke.mutate({ id: 'b' })]
  await vi.waitUntil(() => sent.length === 2 && isStepUpAsked(), patience)
  answerStepUp(true)
  await expect(Promise.all(acting)).resolves.toEqual([{ id: 'done' }, { id: 'done' }])
})

test('who lets it be is told what was wanted, and nothing is sent again', async () => {
  const { client, sent } = clientThatWants(1)
  const acting = client.tokens.revoke.mutate({ id: 'a' })
  await vi.waitUntil(isStepUpAsked, patience)
  answerStepUp(false)
  await expect(acting).rejects.toThrow('Show again that it is you')
  expect(sent).toHaveLength(1)
})

/** A client whose first requests are refused until a step-up. */
function clientThatWants(many: number) {
  const sent: unknown[] = []
  const last: TRPCLink<AppRouter> =
    () =>
    ({ op }) =>
      observable((observer) => {
        sent.push(op.input)
        if (sent.length <= many) observer.error(wanted())
        else {
          observer.next({ result: { type: 'data', data: { id: 'done' } } })
          observer.complete()
        }
      }) satisfies OperationResultObservable<AppRouter, unknown>
  return { client: createTRPCClient<AppRouter>({ links: [stepUpLink, last] }), sent }
}

function wanted(): TRPCClientError<AppRouter> {
  const message = 'Show again that it is you'
  return TRPCClientError.from<AppRouter>({
    error: { message, code: -32_028, data: { appCode: 'step-up-wanted', sentence: message } },
  } as never)
}
