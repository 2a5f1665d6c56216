import { bindSecrets, type BoundSecrets } from '#domain/bound-secret.ts'
import type { ClusterDraft, DiscoverQuestion } from '#domain/cluster.ts'
import type { ExtractPartQuestion } from '#domain/extract-part.ts'
import { fromJson } from '#domain/json.ts'
import type { CallKey } from '#server/adapters/agent/call.ts'
import { discover } from '#server/collector/discover.ts'
import { AppError } from '#server/errors.ts'
import type { Log } from '#server/log.ts'
import { answerInquiry, takeInquiries, type Inquiry, type InquiryKind } from '#server/store/inquiries.ts'
import type { WorkerKeys } from '#server/store/keys.ts'
import type { Store } from '#server/store/open.ts'
import { readClusterSecrets, unsealInquirySecrets, type ClusterSecrets } from '#server/store/secrets.ts'
import { previewExpiry } from './preview-expiry.ts'

export interface Answering {
  store: Store
  keys: WorkerKeys
  /** What calls to agents are signed with. */
  key: CallKey
  log: Log
  signal: AbortSignal
}

/** A second less than whoever asks waits. */
const answerWithinMs = { discover: 24_000, 'expiry-preview': 59_000 } as const satisfies Record<Inquiry['kind'], number>

/** Takes up what the web tier asks and answers it; one slow look holds up no other. */
export async function answerInquiries(answering: Answering): Promise<void> {
  for (const inquiry of await takeInquiries(answering.store)) {
    void answer(answering, inquiry).catch((error: unknown) => {
      answering.log.warn({ error, inquiry: inquiry.id }, 'an answer could not be given')
    })
  }
}

async function answer(answering: Answering, inquiry: Inquiry): Promise<void> {
  const { store, log, signal } = answering
  try {
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(answerWithinMs[inquiry.kind])])
    await answerInquiry(store, inquiry.id, { answer: await answerTo({ ...answering, signal: deadline }, inquiry) })
  } catch (error) {
    if (error instanceof AppError && error.code === 'store-unreachable') throw error
    if (!(error instanceof AppError)) log.error({ error, inquiry: inquiry.id }, 'a look broke off')
    const problem =
      error instanceof AppError ? error.message : 'The worker made an error while it looked; its log says which.'
    await answerInquiry(store, inquiry.id, { problem })
  }
}

function answerTo(answering: Answering, inquiry: Inquiry): Promise<unknown> {
  switch (inquiry.kind) {
    case 'discover':
      return lookAt(answering, inquiry)
    case 'expiry-preview':
      return previewExpiry(answering, inquiry.input)
  }
}

async function lookAt({ store, keys, signal }: Answering, inquiry: Inquiry) {
  const { draft, clusterId } = fromJson<DiscoverQuestion>(inquiry.input)
  const typed = unsealInquirySecrets(keys, inquiry.sealed)
  const kept = clusterId === null ? {} : await readClusterSecrets(store, keys, clusterId)
  return discover({ ...draft, secrets: typed }, secretsToTry(kept, typed, draft), signal)
}

/** What a draft is looked at with: the kept secrets, bound as they are, but for those typed anew for it or removed by an empty text. */
export function secretsToTry(kept: BoundSecrets, typed: ClusterSecrets, draft: ClusterDraft): BoundSecrets {
  const left = Object.entries(kept).filter(([name]) => !(name in typed))
  return { ...Object.fromEntries(left), ...bindSecrets(typed, draft) }
}
