import type { LookupAddress } from 'node:dns'
import type { IncomingMessage } from 'node:http'
import { openExchange } from '../http-exchange.ts'
import { refuseEncoding, tooLarge } from '../http.ts'
import { LookError } from '../look-error.ts'
import { classOf } from '../reach/address-class.ts'
import { addressesInReach } from '../reach/guard.ts'
import { addressOf, portOf, type Target } from '../target.ts'

const timeoutMs = 5_000
const limitBytes = 256 * 1024

/**
 * Asks a provider of sign-ins, in the manner of `fetch`: whole within 5 s, no redirects followed, only at addresses that this process
 * may connect to, in the clear only to this machine. Throws LookError.
 */
export async function askProvider(
  address: string,
  asked: { method: string; headers: Record<string, string>; body?: unknown; signal?: AbortSignal | undefined },
): Promise<Response> {
  const url = new URL(address)
  const target: Target = { who: url.hostname, system: 'the provider of sign-ins', address: addressOf(url) }
  const question = {
    target,
    url,
    method: asked.method === 'POST' ? ('POST' as const) : ('GET' as const),
    headers: asked.headers,
    ...(asked.body instanceof URLSearchParams && { body: asked.body.toString() }),
    addresses: await permitted(url, target),
    timeoutMs,
    signal: asked.signal,
  }
  const exchange = openExchange(question)
  try {
    const response = await exchange.response
    refuseEncoding(response, question)
    const body = await exchange.guard(read(response))
    if (body === null) throw tooLarge(question, limitBytes)
    return answerOf(response, body)
  } finally {
    exchange.close()
  }
}

/** True for an address that a browser may be sent to, or that may be asked: https, or this machine. */
export function isSafeAddress(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname } = new URL(address)
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))
}

async function permitted(url: URL, target: Target): Promise<LookupAddress[]> {
  if (!isSafeAddress(url.href)) {
    throw new LookError('unauthorized', `${target.address} is not asked: only https is, and http on this machine.`, {
      mayHaveArrived: false,
    })
  }
  return inTime(addressesInReach(url.hostname, portOf(url)), url.hostname)
}

async function inTime(looking: Promise<LookupAddress[]>, host: string): Promise<LookupAddress[]> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new LookError('timeout', `The host name ${host} was not resolved in time.`)),
      timeoutMs,
    )
  })
  try {
    return await Promise.race([looking, late])
  } catch (cause) {
    if (cause instanceof LookError) throw cause
    throw new LookError('unreachable', `The host name ${host} cannot be resolved.`, { cause, mayHaveArrived: false })
  } finally {
    clearTimeout(timer)
  }
}

async function read(response: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response) {
    const bytes: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))
    size += bytes.length
    if (size > limitBytes) return null
    chunks.push(bytes)
  }
  return Buffer.concat(chunks, size).toString('utf8')
}

function answerOf({ statusCode = 502, headers }: IncomingMessage, body: string): Response {
  const kept = new Headers()
  for (const name of ['content-type', 'www-authenticate']) {
    const value = headers[name]
    if (typeof value === 'string') kept.set(name, value)
  }
  const hasNoBody = statusCode === 204 || statusCode === 304
  return new Response(hasNoBody ? null : body, { status: statusCode, headers: kept })
}

function isLoopback(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '')
  return bare === 'localhost' || classOf(bare) === 'loopback'
}
