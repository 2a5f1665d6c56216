import type { Problem } from '#domain/snapshot/reading.ts'
import type { EtcdDetail, EtcdMember } from '#domain/stack/etcd-detail.ts'
import { LookError } from '../look-error.ts'
import { type AskedEndpoint, membersOf } from './detail-members.ts'
import { firstAnswer } from './first-answer.ts'
import { createQuotaLook } from './quota.ts'
import { createEtcdSession, type EtcdAccess, type EtcdSession } from './session.ts'
import { type ListedMember, memberListSchema, statusSchema } from './wire.ts'

/** One look at every endpoint of one etcd; throws LookError where none answers. */
export type EtcdDetailLook = (signal?: AbortSignal) => Promise<EtcdDetail>

/**
 * A look that knows an endpoint again when it no longer answers. All are asked at once and each within two seconds, and only those
 * that the console was told of: members that etcd lists besides are shown, but sent nothing. `before`: as they were seen last, by
 * whoever looked until now.
 */
export function createEtcdDetailLook(
  access: EtcdAccess,
  { clock = () => new Date(), before = [] }: { clock?: () => Date; before?: readonly EtcdMember[] } = {},
): EtcdDetailLook {
  const session = createEtcdSession(access)
  const quotaOf = createQuotaLook(access.caPem)
  const memberIds = new Map(before.flatMap(({ url, id }) => (url === null || id === null ? [] : [[url, id] as const])))
  const failingSince = new Map(
    before.flatMap(({ url, problem }) => (url === null || problem === null ? [] : [[url, problem.since] as const])),
  )
  let listed = listedBefore(before)

  const askEndpoint = async (url: string, signal: AbortSignal | undefined): Promise<AskedEndpoint> => {
    const startedAt = performance.now()
    try {
      const status = await session.ask(url, '/v3/maintenance/status', {}, statusSchema, { timeoutMs, signal })
      const answerMilliseconds = Math.round((performance.now() - startedAt) * 10) / 10
      memberIds.set(url, status.header.member_id)
      failingSince.delete(url)
      const quota = status.dbSizeQuota === undefined ? await quotaOf(url, signal) : Number(status.dbSizeQuota)
      return { url, memberId: status.header.member_id, answer: { status, answerMilliseconds, quota }, problem: null }
    } catch (error) {
      if (!(error instanceof LookError)) throw error
      const problem = problemOf(error, failingSince.get(url) ?? null, clock())
      failingSince.set(url, problem.since)
      return { url, memberId: memberIds.get(url) ?? null, answer: null, problem }
    }
  }

  return async (signal) => {
    const [asked, list] = await Promise.all([
      Promise.all(access.urls.map((url) => askEndpoint(url, signal))),
      listMembers(session, access.urls, signal),
    ])
    // Without an answer the members are those of before: who is one changes seldom.
    listed = list ?? listed
    if (asked.every(({ answer }) => answer === null)) throw noneAnswers(asked)
    return membersOf(asked, listed)
  }
}

/** Those that etcd itself listed. */
function listedBefore(before: readonly EtcdMember[]): ListedMember[] {
  return before.flatMap(({ id, name, isUnstarted, isLearner }) =>
    id === null || (name === null && !isUnstarted) ? [] : [{ ID: id, isLearner, ...(name !== null && { name }) }],
  )
}

const timeoutMs = 2_000

// Told by any one member as it knows it: a list that needs a majority would be missing when it is needed most.
async function listMembers(
  session: EtcdSession,
  urls: readonly string[],
  signal: AbortSignal | undefined,
): Promise<ListedMember[] | null> {
  try {
    const { value } = await firstAnswer(
      urls,
      (url, ended) =>
        session.ask(url, '/v3/cluster/member/list', { linearizable: false }, memberListSchema, {
          timeoutMs,
          signal: ended,
        }),
      { patienceMs: 300, signal },
    )
    return value.members
  } catch {
    return null
  }
}

function problemOf(error: LookError, since: Date | null, now: Date): Problem {
  return { kind: error.kind, sentence: error.message, since: since ?? now, observedAt: now }
}

function noneAnswers(asked: readonly AskedEndpoint[]): LookError {
  const problems = asked.flatMap(({ problem }) => problem ?? [])
  const worst = problems.find(({ kind }) => kind === 'unauthorized') ?? problems[0]
  if (worst === undefined) return new LookError('unreachable', 'etcd was not asked.')
  const sentences = [...new Set(problems.map(({ sentence }) => sentence))]
  return new LookError(worst.kind, sentences.join(' '))
}
