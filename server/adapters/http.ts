import type { IncomingMessage } from 'node:http'
import { openExchange, type HttpQuestion } from './http-exchange.ts'
import { LookError } from './look-error.ts'
import { place } from './target.ts'

export interface HttpAnswer {
  status: number
  body: string
  /** As the header says, where there is one. */
  retryAfter?: string
  /** Where a redirect points, which is not followed; null = it is none. */
  location: string | null
}

/**
 * The one door through which adapters ask over HTTP: one exchange, whole within the deadline (5 s), body at most 1 MiB,
 * no redirects followed, no compression taken. Every failure is a LookError with a sentence; where the status is enough, none after it.
 */
export async function askHttp(question: HttpQuestion): Promise<HttpAnswer> {
  const exchange = openExchange(question)
  try {
    const response = await exchange.response
    const reading = exchange.guard(readBody(response, question))
    const body = await (question.isStatusEnough === true ? reading.catch(() => '') : reading)
    const { location = null, 'retry-after': retryAfter } = response.headers
    return { status: response.statusCode ?? 0, body, location, ...(retryAfter !== undefined && { retryAfter }) }
  } finally {
    exchange.close()
  }
}

const defaultLimitBytes = 1024 * 1024

async function readBody(response: IncomingMessage, question: HttpQuestion): Promise<string> {
  refuseEncoding(response, question)
  const limitBytes = question.limitBytes ?? defaultLimitBytes
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response) {
    const bytes: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))
    size += bytes.length
    chunks.push(bytes)
    if (size <= limitBytes) continue
    if (question.isStatusEnough !== true) throw tooLarge(question, limitBytes)
    break
  }
  return Buffer.concat(chunks, Math.min(size, limitBytes)).toString('utf8')
}

/** The answer is larger than anything that system says. */
export function tooLarge(question: HttpQuestion, limitBytes: number): LookError {
  const at = place(question.target)
  return new LookError(
    'too-large',
    `${question.target.system} ${at} sent more than ${Math.round(limitBytes / 1024)} KiB: the answer was cut off and is not used.`,
  )
}

/** Compressed answers were not asked for and could unpack to anything. */
export function refuseEncoding(response: IncomingMessage, question: HttpQuestion): void {
  const encoding = response.headers['content-encoding']
  if (encoding === undefined || encoding === 'identity') return
  throw new LookError(
    'protocol',
    `${question.target.system} ${place(question.target)} answers compressed, which was not asked for.`,
  )
}
