import { setTimeout as sleep } from 'node:timers/promises'
import type { Command } from 'commander'
import type { StoredEvent } from '#domain/event.ts'
import { fromJson } from '#domain/json.ts'
import { get, lines } from '../api.ts'
import { ApiProblem, UsageError } from '../api-problem.ts'
import { moment, printLines } from '../print.ts'
import { isPassing } from '../wait.ts'

interface EventsOptions {
  since?: string
  follow?: boolean
  json?: boolean
}

/** `events CLUSTER [--since T] [--follow]`, oldest first. */
export function addEventsCommand(program: Command): void {
  program
    .command('events <cluster>')
    .description('what changed in a cluster, oldest first')
    .option('--since <time>', 'from this time on: 2026-03-01T12:00:00Z, or 30m, 2h, 7d ago')
    .option('--follow', 'go on with each event as it comes, until Ctrl-C')
    .option('--json', 'print one JSON line an event')
    .action(async (cluster: string, options: EventsOptions) => {
      const path = `/clusters/${encodeURIComponent(cluster)}/events`
      const since = options.since === undefined ? null : timeIn(options.since, new Date())
      const print = options.json ? printJsonLine : printEvent
      if (!options.follow) return (await eventsOf(path, since)).forEach(print)
      // What is known already is told by number: the time of an event may lie before that of one told earlier.
      const newest = (await pageOf(path, { limit: '1' })).events[0]?.id ?? 0
      const past = await eventsOf(path, since, newest + 1)
      past.forEach(print)
      await follow(path, newest, print)
    })
}

/** A time as typed: ISO 8601 with its zone, or how long ago. */
export function timeIn(text: string, now: Date): Date {
  const [, amount, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? []
  if (amount !== undefined && unit !== undefined) return new Date(now.getTime() - Number(amount) * (unitMs[unit] ?? 0))
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.test(text)) {
    const at = new Date(text)
    if (!Number.isNaN(at.getTime())) return at
  }
  throw new UsageError(`${text} is no time: write 2026-03-01T12:00:00Z (with its zone), or 30m, 2h, 7d.`)
}

const unitMs: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }
const pageSize = 500
const lately = 100

// Pages come newest first, and what is printed oldest first.
async function eventsOf(path: string, since: Date | null, below: number | null = null): Promise<StoredEvent[]> {
  const found: StoredEvent[] = []
  for (let before = below; ;) {
    const page = await pageOf(path, {
      since: since?.toISOString(),
      before: before === null ? undefined : String(before),
      limit: String(since === null ? lately : pageSize),
    })
    found.push(...page.events)
    if (since === null || page.nextBefore === null) return found.toReversed()
    before = page.nextBefore
  }
}

function pageOf(path: string, query: Record<string, string | undefined>) {
  return get<{ events: StoredEvent[]; nextBefore: number | null }>(path, query)
}

async function follow(path: string, from: number, print: (event: StoredEvent) => void): Promise<never> {
  for (let newest = from; ;) {
    try {
      for await (const line of lines(path, { follow: 'true', after: String(newest) })) {
        const event = fromJson<StoredEvent>(line)
        print(event)
        newest = event.id
      }
    } catch (error) {
      // What the console says no to stays so; a lost connection, or a console without its store, comes back.
      if (error instanceof ApiProblem && !isPassing(error)) throw error
      console.error('The connection to the console was lost; trying again.')
    }
    await sleep(1_000)
  }
}

function printJsonLine({ id, at, kind, clusterName, ...event }: StoredEvent): void {
  process.stdout.write(`${JSON.stringify({ id, at, kind, cluster: clusterName, ...event })}\n`)
}

function printEvent({ at, severity, sentence }: StoredEvent): void {
  printLines([`${moment(at)}  ${severity.padEnd(8)}  ${sentence}`])
}
