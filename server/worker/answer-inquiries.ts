import { bindSecrets, type BoundSecrets } from '#domain/bound-secret.ts'
import type { ClusterDraft, DiscoverQuestion } from '#domain/fleet/cluster.ts'
import type { ExtractPartQuestion } from '#domain/rehearsal/extract-part.ts'
import type { FactorQuestion } from '#domain/people/factor-question.ts'
import { fromJson } from '#domain/json.ts'
import type { CommitsLostQuestion } from '#domain/wal/commits-lost.ts'
import type { CommitsQuestion } from '#domain/wal/wal-commits.ts'
import { callKeyOf } from '#server/adapters/agent/call.ts'
import { discover } from '#server/collector/discover.ts'
import { AppError } from '#server/errors.ts'
import { changePolicy } from '#server/operations/approvals/change-policy.ts'
import type { CheckProof } from '#server/operations/approvals/check-proof.ts'
import { decideRequest } from '#server/operations/approvals/decide-request.ts'
import { runRequest } from '#server/operations/approvals/run-request.ts'
import type { Log } from '#server/log.ts'
import { answerInquiry, stopLooks, takeInquiries, type Inquiry, type InquiryKind } from '#server/store/inquiries.ts'
import type { WorkerKeys } from '#server/store/keys.ts'
import type { Store } from '#server/store/open.ts'
import { readClusterSecrets, unsealInquirySecrets, type ClusterSecrets } from '#server/store/secrets.ts'
import type { SigningKey } from '#server/store/signing-key.ts'
import { answerFactorQuestion } from './factors/answer-factor-question.ts'
import { decisionGiven, policyChange, runGiven } from './approval-inputs.ts'
import { fetchPart } from './fetch-part.ts'
import { countLost } from './count-lost.ts'
import { findCommits } from './find-commits.ts'
import { testChannel } from './notify/test-channel.ts'
import { previewExpiry } from './preview-expiry.ts'

export interface Answering {
  store: Store
  keys: WorkerKeys
  signingKey: SigningKey
  /** Where people open the console; null = not told. */
  publicUrl: string | null
  /** Checks by what a person proves to be it. */
  checkProof: CheckProof
  log: Log
  signal: AbortSignal
}

/** How long a look may take; the web tier waits a little longer. */
const withinMs = {
  discover: 24_000,
  'wal-commits': 720_000,
  'wal-count': 300_000,
  'extract-part': 40_000,
  'expiry-preview': 59_000,
  'test-channel': 30_000,
  factor: 10_000,
  approval: 10_000,
  'run-approved': 10_000,
  policy: 10_000,
  stop: 10_000,
} as const satisfies Record<InquiryKind, number>

/** Takes up what the web tier asks and answers it; one slow look holds up no other. */
export async function answerInquiries(answering: Answering): Promise<void> {
  for (const inquiry of await takeInquiries(answering.store)) {
    void answer(answering, inquiry).catch((error: unknown) => {
      answering.log.warn({ error, inquiry: inquiry.id }, 'an answer could not be given')
    })
  }
}

async function answer(answering: Answering, inquiry: Inquiry): Promise<void> {
  const { store, log } = answering
  try {
    const signal = AbortSignal.any([answering.signal, AbortSignal.timeout(withinMs[inquiry.kind])])
    await answerInquiry(store, inquiry.id, { answer: await lookAt({ ...answering, signal }, inquiry) })
  } catch (error) {
    if (error instanceof AppError && error.code === 'store-unreachable') throw error
    if (!(error instanceof AppError)) log.error({ error, inquiry: inquiry.id }, 'a look for the web tier broke off')
    const problem =
      error instanceof AppError ? error.message : 'The worker made an error while it looked; its log says which.'
    await answerInquiry(store, inquiry.id, { problem })
  }
}

function lookAt(answering: Answering, { id, kind, input, sealed }: Inquiry): Promise<unknown> {
  switch (kind) {
    case 'discover':
      return lookAtDraft(answering, fromJson<DiscoverQuestion>(input), sealed)
    case 'wal-commits':
      return findCommits({ ...answering, key: callKeyOf(answering.signingKey) }, id, fromJson<CommitsQuestion>(input))
    case 'wal-count':
      return countLost({ ...answering, key: callKeyOf(answering.signingKey) }, id, fromJson<CommitsLostQuestion>(input))
    case 'extract-part':
      return fetchPart({ ...answering, key: callKeyOf(answering.signingKey) }, fromJson<ExtractPartQuestion>(input))
    case 'expiry-preview':
      return previewExpiry({ ...answering, key: callKeyOf(answering.signingKey) }, id, input)
    case 'test-channel':
      return testChannel(answering, fromJson<{ channelId: string; by: string }>(input))
    case 'factor':
      return answerFactorQuestion(answering, fromJson<FactorQuestion>(input), sealed)
    case 'approval':
      return decideRequest(answering.store, answering.checkProof, decisionGiven.parse(input)).then(() => null)
    case 'run-approved':
      return runRequest(answering.store, runGiven.parse(input)).then(() => null)
    case 'policy':
      return changePolicy(answering.store, answering.checkProof, policyChange.parse(input))
    case 'stop':
      return stopLooks(answering.store, fromJson<{ kind: string; input: unknown }>(input)).then(() => null)
  }
}

async function lookAtDraft(
  { store, keys, signal }: Answering,
  { draft, clusterId }: DiscoverQuestion,
  sealed: Inquiry['sealed'],
) {
  const typed = unsealInquirySecrets(keys, sealed)
  const kept = clusterId === null ? {} : await readClusterSecrets(store, keys, clusterId)
  return discover({ ...draft, secrets: typed }, secretsToTry(kept, typed, draft), signal)
}

/** What a draft is looked at with: the kept secrets, bound as they are, but for those typed anew for it or removed by an empty text. */
export function secretsToTry(kept: BoundSecrets, typed: ClusterSecrets, draft: ClusterDraft): BoundSecrets {
  const left = Object.entries(kept).filter(([name]) => !(name in typed))
  return { ...Object.fromEntries(left), ...bindSecrets(typed, draft) }
}
