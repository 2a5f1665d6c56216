import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { joinLines } from './join-lines.ts'
import type { LogForm } from './log-form.ts'
import { patroniForm } from './patroni-form.ts'
import { postgresForm } from './postgres-form.ts'

const window = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER }

function join(text: string, form: LogForm) {
  return joinLines(text.split('\n'), { form, clock: ({ clockMs }) => clockMs, window })
}

function told(file: string, form: LogForm): string[] {
  const text = readFileSync(new URL(`fixtures/${file}.txt`, import.meta.url), 'utf8')
  return join(text, form).entries.map(
    ({ atMs, level, text: said }) => `${new Date(atMs).toISOString()} ${level} ${said}`,
  )
}

test('Patroni of a leader that is cut off from etcd tells why it gives up the lead, with the end of each trace', () => {
  const lines = told('patroni-isolated', patroniForm)
  expect(lines[0]).toMatch(/^2026-11-26T12:46:25\.584Z ERROR Request to server .*Read timed out/)
  expect(lines).toContain(
    '2026-11-26T12:46:33.934Z INFO demoting self because DCS is not accessible and I was a leader',
  )
  const trace = lines.find((line) => line.includes('get_cluster'))
  expect(trace).toMatch(/Traceback[\s\S]*RetryFailedError: 'Exceeded retry deadline'$/)
  expect(lines.join('\n')).not.toMatch(
    /no action|accepting connections|redirecting log output|closed patroni connection/,
  )
})

test('Patroni of the next leader tells of its promotion, and that the lead has moved; of a lead that stays nothing', () => {
  expect(told('patroni-promoted', patroniForm)).toEqual([
    expect.stringContaining('12:46:42.953Z WARNING Could not activate Linux watchdog device'),
    '2026-11-26T12:46:43.022Z INFO promoted self to leader by acquiring session lock',
    '2026-11-26T12:46:43.024Z INFO Lock owner: pg-node-2; I am pg-node-2',
    '2026-11-26T12:46:43.120Z INFO updated leader lock during promote',
  ])
  expect(told('patroni-follows', patroniForm)).toEqual([
    '2026-11-26T12:46:42.964Z INFO Could not take out TTL lock',
    '2026-11-26T12:46:43.053Z INFO following new leader after trying and failing to obtain lock',
    '2026-11-26T12:46:43.053Z INFO Lock owner: pg-node-2; I am pg-node-1',
  ])
})

test('Postgres tells of its shutdown and of replication, and never a statement, its details or who gave it', () => {
  const lines = told('postgres-isolated', postgresForm)
  expect(lines).toContain('2026-11-26T12:46:33.982Z LOG received fast shutdown request')
  expect(lines).toContain('2026-11-26T12:46:33.986Z FATAL terminating connection due to administrator command')
  expect(lines).toContain('2026-11-26T12:46:35.083Z LOG database system is shut down')
  expect(lines).toContain('2026-11-26T12:45:25.932Z ERROR replication slot "pg_node_1" does not exist')
  expect(lines.join('\n')).not.toMatch(/division|STATEMENT|START_REPLICATION|app@myapp|checkpoint|\bselect\b/i)
  expect(told('postgres-killed', postgresForm)).toContain(
    '2026-11-26T12:46:35.032Z FATAL could not send end-of-streaming message to primary: server closed the connection unexpectedly\n' +
      'This probably means the server terminated abnormally\nbefore or while processing the request.\nno COPY in progress',
  )
})

test.each([
  `LOG:  statement: select 'terminating ' as a`,
  `LOG:  duration: 1.2 ms  statement: select 'could not '`,
  `LOG:  execute <unnamed>: insert into t values ('database system ')`,
  `LOG:  AUDIT: SESSION,1,1,WRITE,INSERT,,,could not,<not logged>`,
  `ERROR:  invalid input syntax for type integer: "replication slot"`,
  `STATEMENT:  select 'FATAL:  the database system is shut down'`,
  `DETAIL:  Failed process was running: update card set number = 4111`,
  `LOG:  parameter "primary_conninfo" changed to "user=replicator password=hush host=10.0.1.11"`,
])('of Postgres it is not told: %s', (line) => {
  const text = `2026-11-26 12:00:00.001 UTC [7] app@shop ${line}\n\tcould not\n2026-11-26 12:00:01 UTC [7] LOG:  checkpoint starting`
  expect(join(text, postgresForm).entries).toEqual([])
})

test.each([
  ['csv', '2026-11-26 12:44:18.448 UTC,"app","myapp",533,"10.0.1.30:4",1,"SELECT",,,0,FATAL,57P01,"terminating",,,,'],
  ['json', '{"timestamp":"2026-11-26 12:44:18.448 UTC","error_severity":"FATAL","message":"FATAL:  terminating"}'],
  ['a prefix without a time', '[533] FATAL:  terminating connection'],
  ['no text at all', '\u0000\u0001\uFFFD\uD800'],
])('%s is no log that is understood, and nothing breaks by it', (_, line) => {
  for (const form of [postgresForm, patroniForm]) {
    expect(join(`${line}\n${line}\n`, form)).toMatchObject({ entries: [], isUnderstood: false })
  }
})

test('other prefixes of Postgres and other formats of Patroni are understood', () => {
  const of = (line: string, form: LogForm) => join(line, form).entries.map(({ level, text }) => `${level} ${text}`)
  expect(
    of('[12] 2026-11-26 12:00:00 CET app=psql FATAL:  the database system is shutting down', postgresForm),
  ).toEqual(['FATAL the database system is shutting down'])
  expect(of('2026-11-26 12:00:00,001 patroni.ha WARNING: Loop time exceeded', patroniForm)).toEqual([
    'WARNING Loop time exceeded',
  ])
  expect(of('2026-11-26 12:00:00,001 INFO: no action. I am (a), the leader with the lock', patroniForm)).toEqual([])
})
