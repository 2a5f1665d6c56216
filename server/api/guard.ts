import { TRPCError } from '@trpc/server'
import { AppError } from '#server/errors.ts'

/** Largest body of a request, bytes. */
export const maxBodyBytes = 256 * 1024

/**
 * Throws AppError `forbidden` for what a page of another site could have made a browser send: a foreign origin, a form,
 * a body that is not JSON. Who shows no bearer token is taken for a browser and must send `x-matriarch: 1` with every change.
 */
export function refuseForeign(request: Request, origins: readonly string[]): void {
  const { headers } = request
  const site = headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin' && site !== 'none') refuse('it was sent by a page of another site')
  const origin = headers.get('origin')
  if (origin !== null && !isOwnOrigin(origin, headers.get('host'), origins))
    refuse(`its origin is ${origin.slice(0, 200)}`)
  if (request.method === 'GET' || request.method === 'HEAD') return
  const type = headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase() ?? null
  const hasNoBody = type === null && (request.body === null || (request.method === 'DELETE' && isEmpty(headers)))
  if (!hasNoBody && type !== 'application/json') refuse(`its body is ${type ?? 'of no type'}, not application/json`)
  if (headers.has('authorization')) return
  if (headers.get('x-matriarch') !== '1') refuse('the header x-matriarch: 1 is missing')
  if (origin === null) refuse('it names no origin')
}

/** Throws AppError `invalid` for a request whose body is longer than this or of untold length, before it is read. */
export function refuseLongBody({ headers }: Request, maxBytes: number): void {
  const bytes = Number(headers.get('content-length') ?? Number.NaN)
  if (!(bytes <= maxBytes)) throw new AppError('invalid', `The request is longer than ${maxBytes} bytes.`)
}

/** The same request, whose body fails once it is larger than `maxBodyBytes`. */
export function limitBody(request: Request): Request {
  if (request.body === null) return request
  let bytes = 0
  const counted = request.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        bytes += chunk.byteLength
        if (bytes > maxBodyBytes) controller.error(new TRPCError({ code: 'PAYLOAD_TOO_LARGE' }))
        else controller.enqueue(chunk)
      },
    }),
  )
  // The types of the platform do not know `duplex` yet, which a streamed body needs.
  const init: RequestInit & { duplex: 'half' } = {
    method: request.method,
    headers: request.headers,
    body: counted,
    signal: request.signal,
    duplex: 'half',
  }
  return new Request(request.url, init)
}

// Next gives every DELETE a body.
function isEmpty(headers: Headers): boolean {
  return !headers.has('transfer-encoding') && (headers.get('content-length') ?? '0') === '0'
}

/** True for the origin of the console's own pages: one it is known by, or that of the host that was asked. */
export function isOwnOrigin(origin: string, host: string | null, origins: readonly string[]): boolean {
  if (origins.includes(origin)) return true
  return URL.canParse(origin) && host !== null && new URL(origin).host === host
}

function refuse(why: string): never {
  throw new AppError('forbidden', `The request is refused because ${why}. Use the console's own pages or a token.`)
}
