import { isIP } from 'node:net'

/** The name a passkey is for at this address of the console; null where browsers know none: at an IP address, or without https. */
export function passkeyName(origin: string): string | null {
  if (!URL.canParse(origin)) return null
  const { protocol, hostname } = new URL(origin)
  if (isIP(hostname.replace(/^\[|\]$/g, '')) !== 0) return null
  return protocol === 'https:' || hostname === 'localhost' ? hostname : null
}

/** The origin that a passkey's answer was given at; null unless it is one of `name`. */
export function originIn(clientDataJSON: string, name: string): string | null {
  try {
    const told: unknown = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8'))
    const origin = typeof told === 'object' && told !== null && 'origin' in told ? told.origin : null
    return typeof origin === 'string' && passkeyName(origin) === name ? origin : null
  } catch {
    return null
  }
}
