import { moment } from '../inputs/fields.ts'
import type { StoredEvent } from '#domain/event.ts'
import { AppError } from '#server/errors.ts'
import type { Context } from '../context.ts'
import { followFeed } from '../live/follow.ts'
import { callerFor, type ProcedureCaller } from '../procedures.ts'
import type { Match } from './match.ts'

const beatMs = 15_000
const pageSize = 500

/** The events of one cluster as lines of JSON, oldest first: those since `since`, then each as it comes; an empty line is a sign of life. */
export async function followEvents(
  context: Context,
  { params }: Match,
  query: URLSearchParams,
  signal: AbortSignal,
): Promise<Response> {
  const cluster = params['name']
  if (cluster === undefined) throw new AppError('invalid', 'Events can be followed of one cluster at a time.')
  const ended = new AbortController()
  const api = callerFor(context, { signal })
  const past = await eventsSince(api, cluster, query.get('since'))
  const newest = past.at(-1)?.id ?? (await api.events.list({ limit: 1 })).events[0]?.id
  // The lists above were allowed to this caller; the stream itself looks again every half minute.
  const caller = await context.identify()
  if (!caller) throw new AppError('unauthenticated', 'The token is not valid any more.')
  const feed = followFeed({
    ctx: { ...context, caller },
    cluster,
    lastEventId: newest === undefined ? null : String(newest),
    signal: AbortSignal.any([signal, ended.signal]),
  })
  const encoder = new TextEncoder()
  let beat: ReturnType<typeof setInterval> | undefined
  const lines = new ReadableStream<Uint8Array>({
    async start(controller) {
      const write = (line: string) => controller.enqueue(encoder.encode(`${line}\n`))
      for (const event of past) write(JSON.stringify(event))
      beat = setInterval(() => write(''), beatMs)
      try {
        for await (const [, message] of feed) {
          if (message.kind === 'event') write(JSON.stringify(message.event))
        }
        controller.close()
      } catch (error) {
        controller.error(error)
      } finally {
        clearInterval(beat)
      }
    },
    cancel() {
      clearInterval(beat)
      ended.abort()
    },
  })
  const headers = {
    'content-type': 'application/x-ndjson',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  }
  return new Response(lines, { headers })
}

async function eventsSince(api: ProcedureCaller, cluster: string, since: string | null): Promise<StoredEvent[]> {
  if (since === null) return []
  const from = moment.parse(since)
  const found: StoredEvent[] = []
  for (let before: number | undefined; ;) {
    const page = await api.events.list({ cluster, since: from, limit: pageSize, before })
    found.push(...page.events)
    if (page.nextBefore === null) return found.toReversed()
    before = page.nextBefore
  }
}
