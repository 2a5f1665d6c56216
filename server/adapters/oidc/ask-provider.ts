import { lookup } from 'node:dns/promises'
import type { LookupAddress } from 'node:dns'
import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'
import { openExchange } from '../http-exchange.ts'
import { refuseEncoding, tooLarge } from '../http.ts'
import { LookError } from '../look-error.ts'
import { isBarred } from '../notify/permitted-address.ts'
import { addressOf, type Target } from '../target.ts'

const timeoutMs = 5_000
const limitBytes = 256 * 1024

/**
 * Asks a provider of sign-ins, in the manner of `fetch`: whole within 5 s, no redirects followed, to none of the places that trust whoever
 * reaches them, in the clear only to this machine. Throws LookError.
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
  const bare = url.hostname.replace(/^\[|\]$/g, '')
  const family = isIP(bare)
  const found = family === 0 ? await lookUp(bare) : [{ address: bare, family }]
  const bad = found.find(({ address }) => isBarred(address))
  if (!bad) return found
  throw new LookError(
    'unauthorized',
    `${target.who} leads to ${bad.address}, a link-local or metadata address, which is not asked.`,
    { mayHaveArrived: false },
  )
}

async function lookUp(host: string): Promise<LookupAddress[]> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new LookError('timeout', `The host name ${host} was not resolved in time.`)),
      timeoutMs,
    )
  })
  try {
    return await Promise.race([lookup(host, { all: true }), late])
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
  if (bare === 'localhost') return true
  const family = isIP(bare)
  return family !== 0 && loopback.check(bare, family === 6 ? 'ipv6' : 'ipv4')
}

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')
