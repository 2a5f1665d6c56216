import { randomBytes } from 'node:crypto'
import type { QueryAnswer } from '#agent/protocol/results.ts'
import { RefusedError } from '#agent/refused-error.ts'
import { roleProblem } from './check-role.ts'
import type { Machine } from './machine.ts'
import type { PostgresPlace } from './postgres-place.ts'
import { askPsql, psqlProblem } from './psql.ts'
import { readAnswer } from './read-answer.ts'

export interface Question {
  database: string
  /** A person's text. */
  query: string
}

/**
 * Runs one query of a person's, as the role that agent.toml names for it. What is wrong with the query, or with the role, is the
 * answer's problem; RefusedError where none is to be run here.
 */
export async function runQuery(machine: Machine, place: PostgresPlace, asked: Question): Promise<QueryAnswer> {
  const begun = performance.now()
  const role = machine.config.postgres.checkUser
  if (role === null) {
    throw new RefusedError(
      'not-found',
      `agent.toml of node "${machine.config.node}" names no check_user under [postgres]: make a role that may only read, and name it there.`,
    )
  }
  const problem = nullIn(asked) ?? (await roleProblem(machine, place, role))
  const answer = problem === null ? await ask(machine, place, { ...asked, role }) : { ...nothing, problem }
  return { ...answer, ms: Math.round(performance.now() - begun) }
}

function nullIn({ query }: Question): string | null {
  return query.includes('\0') ? 'It holds a null character, which Postgres has none of.' : null
}

const nothing = { columns: [], rows: [], isCut: false, problem: null }
const mostRows = 100

async function ask(machine: Machine, place: PostgresPlace, asked: Question & { role: string }) {
  const mark = randomBytes(16).toString('hex')
  const { exitCode, stdout, stderr, isCut, isLate } = await askPsql(machine, {
    place,
    role: asked.role,
    database: asked.database,
    commands: ['BEGIN READ ONLY', opening(asked.query, mark), `FETCH ${mostRows + 1} FROM matriarch_check`],
    settings: {
      default_transaction_read_only: 'on',
      statement_timeout: '30000',
      lock_timeout: '5000',
      max_parallel_workers_per_gather: '0',
    },
    options: ['--csv', '-P', `null=${mark}`, '-v', 'ON_ERROR_STOP=1', '-v', 'SHOW_CONTEXT=never'],
    deadlineMs: 36_000,
    mostBytes: 4 * 1024 * 1024,
    // psql holds all rows at once, and a cell can be a gigabyte: it must not take the node's memory from Postgres.
    mostMemory: 256 * 1024 * 1024,
  })
  if (isLate) return { ...nothing, problem: 'It did not answer within 30 s and was ended.' }
  if (exitCode !== 0) return { ...nothing, problem: problemOf(stderr, asked) }
  return { ...readAnswer(stdout, { mark, mostRows, isCut }), problem: null }
}

/**
 * Opens a cursor over the query, which reaches Postgres as a string between marks that nobody can guess: psql reads nothing in it,
 * it is one statement that gives rows or it is nothing, and as its transaction has begun it cannot make itself one that writes.
 */
function opening(query: string, mark: string): string {
  const [block, text] = [`$b${mark}$`, `$q${mark}$`]
  return `DO ${block} DECLARE c refcursor := 'matriarch_check'; BEGIN OPEN c NO SCROLL FOR EXECUTE ${text}${query}${text}; END ${block}`
}

function problemOf(stderr: string, { role, database }: { role: string; database: string }): string {
  const problem = psqlProblem(stderr)
  if (/cannot open multi-query plan as cursor/.test(problem)) return 'It is not exactly one statement: ask one query.'
  if (/cannot open .* query as cursor/.test(problem)) return `It is no query that gives rows: ${problem}`
  if (/Peer authentication failed|no pg_hba\.conf entry|no password supplied/.test(problem)) {
    return `This Postgres does not let "${role}" in to ${database} by its socket (${problem}): add a line for it to its pg_hba.conf.`
  }
  if (/lock timeout/.test(problem)) {
    return 'A table that it reads is locked. Where recovery stops just before a table is dropped or truncated, that transaction holds it until the recovery is made final: ask about another table.'
  }
  if (/out of memory/.test(problem)) return 'Its rows are too large to be shown: ask for fewer columns.'
  return problem
}
