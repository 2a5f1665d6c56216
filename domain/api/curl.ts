/** How a procedure is asked for over REST. */
export interface RestCall {
  method: string
  /** Below /api/v1; `{x}` is the input's `x`, or what `names` says. */
  path: string
  names?: Record<string, string> | undefined
  /** Field of the input that is the whole body. */
  bodyField?: string | undefined
  /** Input that the address says. */
  given?: Record<string, unknown> | undefined
  /** Input that is not part of the body. */
  hidden?: readonly string[] | undefined
}

/** Of several addresses of one procedure the one that says what the input does; null where there is none. */
export function callFor(calls: readonly RestCall[], input: Record<string, unknown>): RestCall | null {
  const said = (call: RestCall) => (call.hidden ?? []).filter((name) => name in (call.given ?? {}))
  const fitting = calls.filter((call) => said(call).every((name) => call.given?.[name] === input[name]))
  return fitting.toSorted((a, b) => said(b).length - said(a).length)[0] ?? null
}

/** The request that asks for a procedure with this input. */
export function requestOf(
  call: RestCall,
  input: Record<string, unknown>,
): { address: string; body: unknown; key: string | null } {
  const left = new Map(Object.entries(input).filter(([, value]) => value !== undefined))
  const path = call.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const field = call.names?.[name] ?? name
    const value = left.get(field)
    left.delete(field)
    return encodeURIComponent(textOf(value))
  })
  const key = left.get('idempotencyKey')
  for (const name of ['idempotencyKey', ...(call.hidden ?? [])]) left.delete(name)
  const isReading = call.method === 'GET'
  const sent = isReading ? [...left].filter(([, value]) => value !== null) : []
  const query = new URLSearchParams(sent.map(([name, value]) => [name, textOf(value)]))
  const whole = call.bodyField === undefined ? Object.fromEntries(left) : left.get(call.bodyField)
  const hasBody = !isReading && (call.bodyField !== undefined || left.size > 0)
  return {
    address: `/api/v1${path}${query.size === 0 ? '' : `?${query}`}`,
    body: hasBody ? whole : null,
    key: typeof key === 'string' ? key : null,
  }
}

/** The same as a line for a shell; the token stays in its variable. */
export function curlOf(call: RestCall, input: Record<string, unknown>, origin: string): string {
  const { address, body, key } = requestOf(call, input)
  const lines = [
    `curl -sS${call.method === 'GET' ? '' : ` -X ${call.method}`} ${quoted(origin + address)}`,
    '-H "Authorization: Bearer $MATRIARCH_TOKEN"',
    ...(key === null ? [] : [`-H ${quoted(`Idempotency-Key: ${key}`)}`]),
    ...(body === null ? [] : ["-H 'Content-Type: application/json'", `-d ${quoted(JSON.stringify(body))}`]),
  ]
  return lines.join(' \\\n  ')
}

/** A text as one word of a POSIX shell. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}

function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'string' ? value : JSON.stringify(value ?? '')
}
