import { createHmac, timingSafeEqual } from 'node:crypto'

/** So long an exchanged link is good without a look, seconds; a page that looks has it renewed. */
export const watchSeconds = 900

/** What a browser keeps of a link that it exchanged: which one, until when, and that this console said so. */
export function makeWatchCookie(secret: string, shareId: string, now: Date): string {
  const told = `${shareId}.${Math.floor(now.getTime() / 1000) + watchSeconds}`
  return `${told}.${proofOf(secret, told)}`
}

/** The link of a cookie that this console made and that has not ended; null = there is none. */
export function readWatchCookie(secret: string, cookie: string | null, now: Date): string | null {
  const [, told, shareId, until, shown] = /^(([0-9a-f-]{36})\.(\d{1,12}))\.([\w-]{43})$/.exec(cookie ?? '') ?? []
  if (told === undefined || shareId === undefined || shown === undefined) return null
  const isOurs = timingSafeEqual(Buffer.from(proofOf(secret, told)), Buffer.from(shown))
  return isOurs && Number(until) * 1000 > now.getTime() ? shareId : null
}

function proofOf(secret: string, told: string): string {
  return createHmac('sha256', secret).update(`watch|${told}`).digest('base64url')
}
