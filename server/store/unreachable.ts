import { AppError } from '#server/errors.ts'

/** The error to throw instead: `store-unreachable` or `timeout` where the connection or the server is at fault, else the same error. */
export function translateStoreError(error: unknown, url: string): unknown {
  if (error instanceof AppError) return error
  const reason = connectionReason(error)
  if (reason) {
    return new AppError(
      'store-unreachable',
      `The console cannot reach its own store at ${addressOf(url)}: ${reason}. Nothing new is started until it is back.`,
      {
        cause: error,
      },
    )
  }
  if (codesOf(error).includes('57014')) {
    return new AppError(
      'timeout',
      `The store at ${addressOf(url)} did not finish a statement in time. Try again; if it stays so, look at its load.`,
      {
        cause: error,
      },
    )
  }
  return error
}

/** `host:port` of a connection string, never its password. */
export function addressOf(url: string): string {
  if (!URL.canParse(url)) return 'the configured address'
  const { hostname, port } = new URL(url)
  return `${hostname || 'the local socket'}:${port || '5432'}`
}

const reasons: Record<string, string> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was closed',
  ETIMEDOUT: 'it did not answer in time',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'no route to the network',
  ENOTFOUND: 'its name does not resolve',
  EAI_AGAIN: 'its name does not resolve now',
  P1001: 'it does not answer',
  P1002: 'it did not answer in time',
  P1017: 'it closed the connection',
  P2024: 'no connection came free in time',
  '53300': 'it has no connection left',
  '57P01': 'it is shutting down',
  '57P02': 'it crashed and is recovering',
  '57P03': 'it is starting up',
  '57P05': 'it closed an idle connection',
  '25P03': 'it closed an idle transaction',
  '28P01': 'it refused the password',
  '28000': 'it refused the user',
  '3D000': 'the database does not exist',
}

// pg tells these by message alone.
const messages: [RegExp, string][] = [
  [/connection terminated due to connection timeout/i, 'it did not answer in time'],
  [/timeout exceeded when trying to connect/i, 'no connection came free in time'],
  [/query read timeout/i, 'it did not answer in time'],
  [/connection terminated|connection error and is not queryable|client was closed/i, 'the connection was lost'],
]

function connectionReason(error: unknown): string | null {
  for (const code of codesOf(error)) {
    const reason = reasons[code]
    if (reason) return reason
    if (/^08[0-9A-Z]{3}$/.test(code)) return 'the connection failed'
  }
  for (const each of chainOf(error)) {
    if (!(each instanceof Error)) continue
    for (const [pattern, reason] of messages) if (pattern.test(each.message)) return reason
  }
  return null
}

function codesOf(error: unknown): string[] {
  const codes: string[] = []
  for (const each of chainOf(error)) {
    if (typeof each !== 'object' || each === null) continue
    if ('code' in each && typeof each.code === 'string') codes.push(each.code)
    if ('originalCode' in each && typeof each.originalCode === 'string') codes.push(each.originalCode)
  }
  return codes
}

// Prisma hides the driver's error under `cause` or `meta.driverAdapterError`.
function chainOf(error: unknown): unknown[] {
  const chain: unknown[] = []
  let each: unknown = error
  while (typeof each === 'object' && each !== null && chain.length < 8) {
    chain.push(each)
    each = nextOf(each)
  }
  return chain
}

function nextOf(error: object): unknown {
  if ('cause' in error && error.cause) return error.cause
  if (!('meta' in error) || typeof error.meta !== 'object' || error.meta === null) return null
  return 'driverAdapterError' in error.meta ? error.meta.driverAdapterError : null
}
