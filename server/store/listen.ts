import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { connectTimeoutMs } from './connect-timeout.ts'
import { channel, parseNotice, type Notice } from './notify.ts'

/** Hears notices until the signal; after `onState(true)` the listener must read anew what it missed. Never throws. */
export async function listen(
  url: string,
  hears: { onNotice(notice: Notice): void; onState(reachable: boolean): void; signal: AbortSignal },
): Promise<void> {
  let failures = 0
  while (!hears.signal.aborted) {
    const subscribed = await listenOnce(url, hears)
    failures = subscribed ? 0 : failures + 1
    if (hears.signal.aborted) return
    hears.onState(false)
    await sleep(Math.min(200 * 2 ** failures, 3_000), undefined, { signal: hears.signal }).catch(() => {})
  }
}

const beatMs = 5_000

// Resolves when the connection is lost; true if it had been subscribed.
async function listenOnce(
  url: string,
  hears: { onNotice(notice: Notice): void; onState(reachable: boolean): void; signal: AbortSignal },
): Promise<boolean> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: connectTimeoutMs(url),
    query_timeout: 3_000,
    keepAlive: true,
    application_name: 'matriarch feed',
  })
  const lost = new AbortController()
  const lose = () => lost.abort()
  client.on('error', lose)
  client.on('end', lose)
  hears.signal.addEventListener('abort', lose)
  let subscribed = false
  try {
    await client.connect()
    client.on('notification', ({ payload }) => {
      const notice = parseNotice(payload)
      if (notice) hears.onNotice(notice)
    })
    await client.query(`listen ${channel}`)
    subscribed = true
    if (!hears.signal.aborted) hears.onState(true)
    // A connection cut without a word delivers nothing and looks alive: the beat finds out.
    while (!lost.signal.aborted) {
      await sleep(beatMs, undefined, { signal: lost.signal })
      await client.query('select 1')
    }
  } catch {
    // The caller tells the loss through onState and tries again.
  } finally {
    hears.signal.removeEventListener('abort', lose)
    client.removeListener('end', lose)
    await client.end().catch(() => {})
  }
  return subscribed
}
