import { fromJson } from '#domain/json.ts'
import { ApiProblem, UsageError } from './api-problem.ts'

const timeoutMs = 60_000

/** Asks the console for JSON; times are Dates. Throws ApiProblem. */
export async function get<T>(path: string, query: Record<string, string | undefined> = {}): Promise<T> {
  const response = await send('GET', path, { query })
  const next = nextOf(response)
  const first = await read<T>('GET', response)
  if (next === null || !Array.isArray(first)) return first
  // A plain list is told in pages; whoever asks for it means all of it.
  const rest = await get<T>(next)
  return Array.isArray(rest) ? Object.assign(first, [...first, ...rest]) : first
}

/** Sends any request to the REST interface, a change with a key of its own. Throws ApiProblem. */
export async function call(asked: {
  method: string
  path: string
  query: Record<string, string>
  body: unknown
  key: string | null
}): Promise<unknown> {
  const { method, path, query, body, key } = asked
  const headers: Record<string, string> = key === null ? {} : { 'idempotency-key': key }
  return read(method, await send(method, path, { query, headers, ...(body !== null && { body }) }))
}

/** Sends a change and returns the console's answer. Throws ApiProblem, with `isOutcomeUnknown` where it may have been carried out. */
export async function change<T>(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<T> {
  return read<T>(method, await send(method, path, { body, headers }))
}

/** The lines of a stream without an end, without the empty ones that only show it is alive. */
export async function* lines(path: string, query: Record<string, string | undefined>): AsyncGenerator<string> {
  const response = await send('GET', path, { query, isStream: true })
  if (!response.body) return
  let rest = ''
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const whole = (rest + chunk).split('\n')
    rest = whole.pop() ?? ''
    for (const line of whole) if (line !== '') yield line
  }
}

/** Asks with more than an address holds; nothing is changed by it. Throws ApiProblem. */
export async function look<T>(path: string, body: unknown): Promise<T> {
  return read<T>('GET', await send('POST', path, { body, isLook: true }))
}

/** The bytes of a file, as they come. Throws ApiProblem. */
export async function* bytesOf(
  path: string,
  query: Record<string, string | undefined> = {},
): AsyncGenerator<Uint8Array> {
  const response = await send('GET', path, { query, isStream: true })
  if (response.body) yield* response.body
}

interface Sent {
  query?: Record<string, string | undefined>
  body?: unknown
  headers?: Record<string, string>
  isStream?: boolean
  /** Sent again or lost, it changes nothing. */
  isLook?: boolean
}

async function send(method: string, path: string, sent: Sent): Promise<Response> {
  const url = addressOf(path, sent.query ?? {})
  const effect = sent.isLook ? 'GET' : method
  const response = await fetch(url, {
    method,
    redirect: 'error',
    headers: {
      authorization: `Bearer ${token()}`,
      ...(sent.body !== undefined && { 'content-type': 'application/json' }),
      ...sent.headers,
    },
    ...(sent.body !== undefined && { body: JSON.stringify(sent.body) }),
    ...(!sent.isStream && { signal: AbortSignal.timeout(timeoutMs) }),
  }).catch((cause: unknown) => {
    throw noAnswer(url, effect, cause)
  })
  if (response.ok) return response
  throw await problemOf(response, effect)
}

// Where the Link header leads, below the interface.
function nextOf({ headers }: Response): string | null {
  return /<\/api\/v1([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1] ?? null
}

async function read<T>(method: string, response: Response): Promise<T> {
  const text = await response.text().catch((cause: unknown) => {
    throw noAnswer(new URL(response.url), method, cause)
  })
  try {
    return fromJson<T>(text)
  } catch (cause) {
    throw strangeAnswer(response, method, cause)
  }
}

function addressOf(path: string, query: Record<string, string | undefined>): URL {
  const base = process.env['MATRIARCH_URL'] || 'http://127.0.0.1:4400'
  if (!URL.canParse(base)) throw new UsageError(`MATRIARCH_URL is no address: ${base}`)
  const url = new URL(`/api/v1${path}`, base)
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value)
  return url
}

function token(): string {
  const given = process.env['MATRIARCH_TOKEN']
  if (given) return given
  throw new UsageError('MATRIARCH_TOKEN is not set. Make a token with: matriarch tokens create --name NAME --role ROLE')
}

function noAnswer(url: URL, method: string, cause: unknown): ApiProblem {
  const wasSent = !neverSent.has(codeOf(cause))
  const isOutcomeUnknown = method !== 'GET' && wasSent
  const advice = isOutcomeUnknown ? mayBeDone : 'Is the console running there? MATRIARCH_URL says where to look.'
  return new ApiProblem(`${url.origin} did not answer (${codeOf(cause)}). ${advice}`, {
    code: 'no-answer',
    isOutcomeUnknown,
    cause,
  })
}

const neverSent: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
])

function codeOf(error: unknown): string {
  for (let each = error; each instanceof Error; each = each.cause) {
    if ('code' in each && typeof each.code === 'string') return each.code
    if (each.name === 'TimeoutError') return `no answer within ${timeoutMs / 1000} s`
  }
  return 'the connection failed'
}

async function problemOf(response: Response, method: string): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => null)
  if (!isProblem(body)) return strangeAnswer(response, method)
  const { code, fields } = body
  // The connection to the store may have been lost with the commit on its way.
  const isOutcomeUnknown = method !== 'GET' && code === 'store-unreachable'
  const detail = isOutcomeUnknown ? `${body.detail} ${mayBeDone}` : body.detail
  return new ApiProblem(detail, { code, fields, isOutcomeUnknown })
}

// Not the console's own words: a proxy before it may have passed the request on, and where it says that all went well, something did.
function strangeAnswer({ status }: Response, method: string, cause?: unknown): ApiProblem {
  const isOutcomeUnknown = method !== 'GET' && (status < 300 || status >= 500)
  const advice = isOutcomeUnknown ? mayBeDone : 'Is MATRIARCH_URL the address of a Matriarch?'
  const sentence = `What answered with status ${status} does not speak as the console does. ${advice}`
  return new ApiProblem(sentence, { code: 'protocol', isOutcomeUnknown, cause })
}

const mayBeDone = 'The request may have been carried out: look before you repeat it.'

function isProblem(body: unknown): body is { detail: string; code: string; fields: ApiProblem['fields'] } {
  return (
    typeof body === 'object' &&
    body !== null &&
    'detail' in body &&
    typeof body.detail === 'string' &&
    'code' in body &&
    'fields' in body &&
    Array.isArray(body.fields)
  )
}
