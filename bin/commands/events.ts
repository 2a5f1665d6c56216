import { setTimeout as sleep } from 'node:timers/promises'
import type { Command } from 'commander'
import type { StoredEvent } from '#domain/event.ts'
import { fromJson } from '#domain/json.ts'
import { get, lines } from '../api.ts'
import { ApiProblem, UsageError } from '../api-problem.ts'
import { moment, printLines } from '../print.ts'

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
      const past = await eventsOf(path, since)
      for (const event of past) print(event)
      if (options.follow) await follow(path, past.at(-1) ?? null, print)
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
async function eventsOf(path: string, since: Date | null): Promise<StoredEvent[]> {
  const found: StoredEvent[] = []
  for (let before: number | null = null; ;) {
    const page: { events: StoredEvent[]; nextBefore: number | null } = await get(path, {
      since: since?.toISOString(),
      before: before === null ? undefined : String(before),
      limit: String(since === null ? lately : pageSize),
    })
    found.push(...page.events)
    if (since === null || page.nextBefore === null) return found.toReversed()
    before = page.nextBefore
  }
}

async function follow(path: string, last: StoredEvent | null, print: (event: StoredEvent) => void): Promise<void> {
  let newest = last
  const from = new Date()
  for (;;) {
    try {
      const since = (newest?.at ?? from).toISOString()
      for await (const line of lines(path, { follow: 'true', since })) {
        const event = fromJson<StoredEvent>(line)
        if (newest !== null && event.id <= newest.id) continue
        print(event)
        newest = event
      }
    } catch (error) {
      // What the console says no to stays so; a lost connection comes back.
      if (error instanceof ApiProblem && error.code !== 'no-answer') throw error
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
