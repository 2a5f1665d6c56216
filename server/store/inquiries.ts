import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { AppError } from '#server/errors.ts'
import { notify } from './notify.ts'
import { inTransaction, type Store } from './open.ts'

/** `discover` looks at a draft; `wal-commits` reads archived WAL, `wal-count` counts in it what a recovery gives up; `extract-part` fetches a piece of a file that a rehearsal left on a node; `expiry-preview` has pgBackRest say what an expiry would remove; `test-channel` tells a channel of notifications that nothing is wrong; `factor` registers, changes or checks what a person proves himself with; `approval` decides on a request, `run-approved` lets one go ahead, and `policy` changes what needs approval, each by what a worker checks; `stop` ends a look for which nobody waits any more. */
export type InquiryKind =
  | 'discover'
  | 'wal-commits'
  | 'wal-count'
  | 'extract-part'
  | 'expiry-preview'
  | 'test-channel'
  | 'factor'
  | 'approval'
  | 'run-approved'
  | 'policy'
  | 'stop'

/** A question that a worker took up. */
export interface Inquiry {
  id: string
  kind: InquiryKind
  input: unknown
  /** See unsealInquirySecrets. */
  sealed: Buffer | null
  askedBy: string
}

/** How a question stands that takes longer than anybody waits for an answer. */
export type Standing =
  | { state: 'asked'; since: Date; /** How far it is, as its worker told last; null = not told. */ progress: unknown }
  | { state: 'answered'; answer: unknown }
  | { state: 'refused'; problem: string }

/**
 * Web side: begins a look that may take minutes, or tells how the same one stands that was begun before; an answer is good for `holdsMs`, and no
 * longer than until the question expires; a problem for some seconds.
 */
export async function askInTime(
  store: Store,
  question: { kind: InquiryKind; input: unknown; askedBy: string },
  lastsMs: number,
  holdsMs = lastsMs,
): Promise<Standing> {
  return inTransaction(store, async (tx) => {
    const input = JSON.stringify(question.input)
    // Two pages that ask the same at one moment begin one look.
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${question.kind} ${input}`])
    const { rows } = await tx.query<{
      askedAt: Date
      isAnswered: boolean
      answer: unknown
      problem: string | null
    }>(
      `select asked_at as "askedAt", answered_at is not null as "isAnswered", answer, problem from inquiry
        where kind = $1 and input = $2::jsonb and expires_at > now()
          and (answered_at is null
            or answered_at > now() - case when problem is null then $4::float8 else $3 end * interval '1 millisecond')
        order by asked_at desc limit 1`,
      [question.kind, input, problemHoldsMs, holdsMs],
    )
    const [known] = rows
    if (known?.problem != null) return { state: 'refused', problem: known.problem }
    if (known?.isAnswered) return { state: 'answered', answer: known.answer }
    if (known) return { state: 'asked', since: known.askedAt, progress: known.answer ?? null }
    return {
      state: 'asked',
      since: await begin(tx, { ...question, sealed: null }, lastsMs).then(({ askedAt }) => askedAt),
      progress: null,
    }
  })
}

const problemHoldsMs = 15_000

/** Web side: has a look that was begun with `askInTime` ended before it is through; resolves at once. */
export async function askToStop(
  tx: pg.PoolClient,
  { kind, input, askedBy }: { kind: InquiryKind; input: unknown; askedBy: string },
): Promise<void> {
  const question = { kind: 'stop', input: { kind, input }, sealed: null, askedBy } as const
  await begin(tx, question, stopHoldsMs)
}

const stopHoldsMs = 60_000

/** Worker side: nobody waits any more for the looks of this kind and input that are under way; who asks again begins anew. */
export async function stopLooks(store: Store, { kind, input }: { kind: string; input: unknown }): Promise<void> {
  await store.pool.query(
    `update inquiry set expires_at = now() where kind = $1 and input = $2::jsonb and answered_at is null and expires_at > now()`,
    [kind, JSON.stringify(input)],
  )
}

/** Worker side: tells how far a look is; false = nobody waits for it any more. */
export async function tellProgress(store: Store, id: string, progress: unknown): Promise<boolean> {
  const { rowCount } = await store.pool.query(
    'update inquiry set answer = $2 where id = $1 and answered_at is null and expires_at > now()',
    [id, JSON.stringify(progress)],
  )
  return rowCount === 1
}

/** Web side: asks the workers, which alone may talk to clusters, and resolves with their answer as plain JSON; throws AppError `refused` with their problem or `timeout`. */
export async function ask(store: Store, question: Question, timeoutMs: number): Promise<unknown> {
  const { id } = await inTransaction(store, (tx) => begin(tx, question, timeoutMs))
  const deadline = Date.now() + timeoutMs
  let reply = await readReply(store, id)
  while (!reply.isAnswered && Date.now() < deadline) {
    await sleep(pollMs)
    reply = await readReply(store, id)
  }
  if (reply.problem !== null) throw new AppError('refused', reply.problem)
  if (reply.isAnswered) return reply.answer
  const seconds = Math.round(timeoutMs / 1000)
  throw new AppError(
    'timeout',
    reply.isTaken
      ? `The worker did not finish looking within ${seconds} s. Try again; if it stays so, look at the network between worker and cluster.`
      : `No worker took up the question within ${seconds} s. Is a worker running? Start one with npm run worker.`,
  )
}

interface Question {
  kind: InquiryKind
  input: unknown
  sealed: Buffer | null
  askedBy: string
}

async function begin(tx: pg.PoolClient, question: Question, lastsMs: number): Promise<{ id: string; askedAt: Date }> {
  const { rows } = await tx.query<{ id: string; askedAt: Date }>(
    `insert into inquiry (kind, input, sealed, asked_by, expires_at)
     values ($1, $2, $3, $4, now() + $5 * interval '1 millisecond') returning id, asked_at as "askedAt"`,
    [question.kind, JSON.stringify(question.input), question.sealed, question.askedBy, lastsMs],
  )
  const [inserted] = rows
  if (!inserted) throw new AppError('internal', 'The question was not kept.')
  await notify(tx, { kind: 'inquiry', id: inserted.id })
  return inserted
}

/** Worker side: takes up what is asked and not yet taken by another worker; forgets what nobody waits for any more. */
export async function takeInquiries(store: Store): Promise<Inquiry[]> {
  return inTransaction(store, async (tx) => {
    // Pieces of files are many and large.
    await tx.query(
      `delete from inquiry
        where expires_at < now() - case kind when 'extract-part' then interval '0' else interval '10 minutes' end`,
    )
    const { rows } = await tx.query<Inquiry>(
      `update inquiry set taken_at = now()
       where id in (
         select id from inquiry where taken_at is null and expires_at > now()
         order by asked_at limit 10 for update skip locked
       )
       returning id, kind, input, sealed, asked_by as "askedBy"`,
    )
    return rows
  })
}

/** Worker side: answers with plain JSON, or with the problem in one sentence. The sealed secrets are forgotten. */
export async function answerInquiry(
  store: Store,
  id: string,
  outcome: { answer: unknown } | { problem: string },
): Promise<void> {
  await inTransaction(store, async (tx) => {
    const answer = 'answer' in outcome ? JSON.stringify(outcome.answer) : null
    const problem = 'problem' in outcome ? outcome.problem : null
    await tx.query(
      'update inquiry set answered_at = now(), answer = $2, problem = $3, sealed = null where id = $1 and answered_at is null',
      [id, answer, problem],
    )
    await notify(tx, { kind: 'answer', id })
  })
}

const pollMs = 100

async function readReply(store: Store, id: string) {
  const { rows } = await store.pool.query<{
    isTaken: boolean
    isAnswered: boolean
    answer: unknown
    problem: string | null
  }>(
    `select taken_at is not null as "isTaken", answered_at is not null as "isAnswered", answer, problem
     from inquiry where id = $1`,
    [id],
  )
  return rows[0] ?? { isTaken: false, isAnswered: false, answer: null, problem: null }
}
