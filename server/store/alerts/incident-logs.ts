import { createHash } from 'node:crypto'
import type { Incident } from '#domain/alerts/alert.ts'
import { keptLines, type IncidentLogs, type LogLine, type LogSource, type NodeLogLine } from '#domain/logs/log-line.ts'
import { inTransaction, type Store } from '../open.ts'
import type { Queryable } from '../queryable.ts'

/** An incident for which logs are still to be read. */
export interface IncidentToRead extends Pick<Incident, 'id' | 'clusterId' | 'openedAt' | 'closedAt'> {
  /** When they were last; null = never. */
  lookedAt: Date | null
}

/** What one look at one log brought. */
export type LogLook = Pick<LogSource, 'node' | 'program'> &
  (
    | { problem: string }
    | { problem: null; lines: readonly LogLine[]; readTo: Date | null; leftOut: number; isCut: boolean }
  )

/** The incidents of a worker's clusters that are open or were a day ago, without those that were looked at when they were over. */
export async function incidentsToRead(store: Store, executorId: string): Promise<IncidentToRead[]> {
  const { rows } = await store.pool.query<IncidentToRead>(
    `select i.id, i.cluster_id as "clusterId", i.opened_at as "openedAt", i.closed_at as "closedAt",
            k.looked_at as "lookedAt"
       from incident i
       join cluster_lease l on l.cluster_id = i.cluster_id
       left join incident_log_look k on k.incident_id = i.id
      where l.executor_id = $1 and l.expires_at > clock_timestamp()
        and (i.closed_at is null or i.closed_at > clock_timestamp() - interval '1 day')
        and not coalesce(k.is_over, false)
      order by k.looked_at nulls first, i.number`,
    [executorId],
  )
  return rows
}

/** How far each log was read for an incident. */
export async function logSources(on: Queryable, incidentId: string): Promise<LogSource[]> {
  const { rows } = await on.query<LogSource>(
    `select node, program, read_to as "readTo", seen_at as "seenAt", problem, left_out as "leftOut", is_cut as "isCut"
       from incident_log_source where incident_id = $1 order by node, program`,
    [incidentId],
  )
  return rows
}

/** What the logs said around an incident, and how far they were read. */
export async function logsOf(store: Store, incidentId: string): Promise<IncidentLogs> {
  const [{ rows: lines }, sources] = await Promise.all([
    store.pool.query<NodeLogLine>(
      `select node, program, at, level, text, times from incident_log_line
        where incident_id = $1 order by at, node, program, digest`,
      [incidentId],
    ),
    logSources(store.pool, incidentId),
  ])
  return { lines, sources }
}

/**
 * Keeps what a look at the logs brought for an incident, at a moment of the console's clock. What was kept before is not kept again; of too
 * many lines the middle ones are left out and counted. Of an incident that is gone nothing is kept.
 */
export async function keepLogs(
  store: Store,
  incidentId: string,
  { looks, at, isLast }: { looks: readonly LogLook[]; at: Date; isLast: boolean },
): Promise<void> {
  await inTransaction(store, async (tx) => {
    const { rowCount } = await tx.query('select from incident where id = $1 for update', [incidentId])
    if (rowCount === 0) return
    const before = await logSources(tx, incidentId)
    const added = await insertLines(tx, incidentId, looks)
    const gone = await trimLines(tx, incidentId)
    // What was read once and left out then comes again with the minute that is read twice: it has been counted.
    const isCounted = (line: LineKey) => {
      const readTo = before.find((source) => source.node === line.node && source.program === line.program)?.readTo
      return readTo != null && line.at <= readTo && added.has(keyOf(line))
    }
    const counted = gone.filter((line) => !isCounted(line))
    const sources = looks.map((look) => ({
      node: look.node,
      program: look.program,
      problem: look.problem,
      readTo: look.problem === null ? look.readTo : null,
      seenAt: look.problem === null ? at : null,
      isCut: look.problem === null && look.isCut,
      leftOut:
        counted.filter(({ node, program }) => node === look.node && program === look.program).length +
        (look.problem === null ? look.leftOut : 0),
    }))
    await saveSources(tx, incidentId, sources)
    await tx.query(
      `insert into incident_log_look (incident_id, looked_at, is_over) values ($1, $2, $3)
       on conflict (incident_id) do update set looked_at = excluded.looked_at, is_over = excluded.is_over`,
      [incidentId, at, isLast],
    )
  })
}

interface LineKey {
  node: string
  program: string
  at: Date
  digest: string
}

function keyOf({ node, program, at, digest }: LineKey): string {
  return `${node} ${program} ${at.getTime()} ${digest}`
}

/** Keeps what is new; the keys of those that were not there. */
async function insertLines(tx: Queryable, incidentId: string, looks: readonly LogLook[]): Promise<Set<string>> {
  const lines = looks.flatMap((look) =>
    look.problem === null ? look.lines.map((line) => ({ ...line, node: look.node, program: look.program })) : [],
  )
  if (lines.length === 0) return new Set()
  const rows = lines.map((line) => ({ ...line, digest: digestOf(line) }))
  const { rows: written } = await tx.query<LineKey & { isNew: boolean }>(
    `insert into incident_log_line as l (incident_id, node, program, at, digest, level, text, times)
     select $1, node, program, at, digest, min(level), min(text), max(times)
       from jsonb_to_recordset($2::jsonb) as given (
            node text, program text, at timestamptz, digest text, level text, text text, times int)
      group by node, program, at, digest
     on conflict (incident_id, node, program, at, digest) do update set times = excluded.times
      where l.times < excluded.times
     returning node, program, at, digest, xmax = 0 as "isNew"`,
    [incidentId, JSON.stringify(rows)],
  )
  return new Set(written.filter(({ isNew }) => isNew).map(keyOf))
}

async function trimLines(tx: Queryable, incidentId: string): Promise<LineKey[]> {
  const { rows } = await tx.query<LineKey>(
    `delete from incident_log_line l
      using (select node, program, at, digest, count(*) over () as total,
                    row_number() over (order by at, node, program, digest) as n
               from incident_log_line where incident_id = $1) r
      where l.incident_id = $1 and l.node = r.node and l.program = r.program and l.at = r.at and l.digest = r.digest
        and r.n > $2 and r.n <= r.total - $3
     returning l.node, l.program, l.at, l.digest`,
    [incidentId, keptLines.first, keptLines.last],
  )
  return rows
}

async function saveSources(tx: Queryable, incidentId: string, sources: readonly LogSource[]): Promise<void> {
  await tx.query(
    `insert into incident_log_source as s (incident_id, node, program, read_to, seen_at, problem, left_out, is_cut)
     select $1, node, program, "readTo", "seenAt", problem, "leftOut", "isCut"
       from jsonb_to_recordset($2::jsonb) as given (
            node text, program text, "readTo" timestamptz, "seenAt" timestamptz, problem text, "leftOut" int, "isCut" boolean)
     on conflict (incident_id, node, program) do update
        set read_to = greatest(s.read_to, excluded.read_to), seen_at = coalesce(excluded.seen_at, s.seen_at),
            problem = excluded.problem, left_out = s.left_out + excluded.left_out, is_cut = s.is_cut or excluded.is_cut`,
    [incidentId, JSON.stringify(sources)],
  )
}

function digestOf({ level, text }: LogLine): string {
  return createHash('sha256').update(`${level} ${text}`).digest('base64url').slice(0, 22)
}
