import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import type { Log } from '#server/log.ts'
import { tellError, toTrpcError } from '../errors.ts'
import { KeyReused } from './once.ts'

/** An error as problem+json (RFC 9457): `detail` is the sentence, `code` the console's own word, `fields` what is wrong where. */
export function answerProblem(error: unknown, log: Log, instance: string): Response {
  const trpcError = toTrpcError(error)
  const status = trpcError.cause instanceof KeyReused ? 422 : getHTTPStatusCodeFromError(trpcError)
  const { appCode: code, sentence: detail, fields } = tellError(trpcError)
  if (status === 500) log.error({ error: trpcError.cause ?? trpcError }, 'a request failed')
  const body = { type: `urn:matriarch:problem:${code}`, title: titles[code], status, detail, instance, code, fields }
  const headers = { 'content-type': 'application/problem+json', 'cache-control': 'no-store' }
  return new Response(JSON.stringify(body), {
    status,
    headers: status === 401 ? { ...headers, 'www-authenticate': 'Bearer' } : headers,
  })
}

const titles = {
  invalid: 'Not accepted',
  unauthenticated: 'Not signed in',
  forbidden: 'Not allowed',
  'step-up-wanted': 'Show again who you are',
  'factor-wanted': 'Second factor wanted',
  'not-found': 'Not found',
  conflict: 'Taken',
  refused: 'Refused',
  limited: 'Too many tries',
  unreachable: 'Not reachable',
  timeout: 'No answer in time',
  protocol: 'Not understood',
  'store-unreachable': 'Store not reachable',
  internal: 'Failed',
}
