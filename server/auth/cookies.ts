import { decode } from 'next-auth/jwt'

/** How the console's cookies are named and kept; over https with the prefix that forbids other hosts to set them. */
export interface CookieRules {
  isSecure: boolean
  session: string
  csrf: string
  callbackUrl: string
  device: string
  /** Of those who only watch by a link. */
  watch: string
}

/** The rules for a console whose public address is `publicUrl`. */
export function cookieRules(publicUrl: string): CookieRules {
  const isSecure = publicUrl.startsWith('https:')
  const prefix = isSecure ? '__Host-' : ''
  return {
    isSecure,
    session: `${prefix}matriarch.session`,
    csrf: `${prefix}matriarch.csrf`,
    callbackUrl: `${prefix}matriarch.callback`,
    device: `${prefix}matriarch.device`,
    watch: `${prefix}matriarch.watch`,
  }
}

/** The random session id in the request's encrypted cookie; null when there is none that this console made. */
export async function readSessionSecret(headers: Headers, rules: CookieRules, secret: string): Promise<string | null> {
  const token = readCookie(headers, rules.session)
  if (token === null) return null
  try {
    const payload = await decode({ token, secret })
    return typeof payload?.['sid'] === 'string' ? payload['sid'] : null
  } catch {
    return null
  }
}

/** The value of one cookie of a request; null when it is absent. */
export function readCookie(headers: Headers, name: string): string | null {
  for (const part of (headers.get('cookie') ?? '').split(';')) {
    const [key, ...rest] = part.split('=')
    if (key?.trim() === name) return rest.join('=').trim()
  }
  return null
}

/** A Set-Cookie line under the rules; `maxAgeSeconds` 0 takes the cookie back. */
export function cookieLine(rules: CookieRules, name: string, value: string, maxAgeSeconds: number): string {
  const secure = rules.isSecure ? '; Secure' : ''
  return `${name}=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${secure}`
}
