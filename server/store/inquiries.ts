import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '#server/errors.ts'
import { notify } from './notify.ts'
import { inTransaction, type Store } from './open.ts'

/** A question that a worker took up. */
export interface Inquiry {
  id: string
  kind: 'discover'
  input: unknown
  /** See unsealInquirySecrets. */
  sealed: Buffer | null
  askedBy: string
}

/** Web side: asks the workers, which alone may talk to clusters, and resolves with their answer as plain JSON; throws AppError `refused` with their problem or `timeout`. */
export async function ask(
  store: Store,
  question: { kind: Inquiry['kind']; input: unknown; sealed: Buffer | null; askedBy: string },
  timeoutMs: number,
): Promise<unknown> {
  const id = await inTransaction(store, async (tx) => {
    const { rows } = await tx.query<{ id: string }>(
      `insert into inquiry (kind, input, sealed, asked_by, expires_at)
       values ($1, $2, $3, $4, now() + $5 * interval '1 millisecond') returning id`,
      [question.kind, JSON.stringify(question.input), question.sealed, question.askedBy, timeoutMs],
    )
    const inserted = rows[0]?.id ?? ''
    await notify(tx, { kind: 'inquiry', id: inserted })
    return inserted
  })
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

/** Worker side: takes up what is asked and not yet taken by another worker; forgets what nobody waits for any more. */
export async function takeInquiries(store: Store): Promise<Inquiry[]> {
  return inTransaction(store, async (tx) => {
    await tx.query("delete from inquiry where expires_at < now() - interval '10 minutes'")
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
