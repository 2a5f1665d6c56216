import type { ClusterDraft, Discovery, DiscoverQuestion } from '#domain/fleet/cluster.ts'
import { fromJson } from '#domain/json.ts'
import { AppError } from '#server/errors.ts'
import { ask } from '#server/store/inquiries.ts'
import type { Store } from '#server/store/open.ts'
import { sealInquirySecrets } from '#server/store/secrets.ts'
import type { CommandContext } from '../trpc.ts'
import { demandAllowance } from '../allowance.ts'
import { needCluster } from './need.ts'
import { refuseCarriedSecrets } from './carried-secrets.ts'

/** Looks at a draft through a worker and tells all it found; what stands in the way is part of the answer. */
export async function discoverCluster(
  context: CommandContext,
  { draft, name }: { draft: ClusterDraft; name?: string },
): Promise<Discovery> {
  const { act, caller, services } = context
  const { store } = services
  const known = name === undefined ? null : await needCluster(store, name)
  act.on({ target: draft.name, cluster: known, reason: null, detail: { patroniUrls: draft.patroniUrls } })
  if (known) refuseCarriedSecrets(known, draft)
  await demandAllowance(context, 'looks at a cluster')
  const discovery = await lookAt(store, { draft, clusterId: known?.id ?? null, askedBy: caller.name })
  return act.commit(() => Promise.resolve(discovery))
}

/** The same for a draft about to be kept: throws AppError `invalid` by field where something stands in the way. */
export async function demandDiscovery(
  store: Store,
  asked: { draft: ClusterDraft; clusterId: string | null; askedBy: string },
): Promise<Discovery> {
  const discovery = await lookAt(store, asked)
  const [first] = discovery.errors
  if (!first) return discovery
  throw new AppError('invalid', `${asked.draft.name} is not kept: ${first.sentence}`, {
    fields: discovery.errors.map(({ field, sentence }) => ({ field, sentence })),
  })
}

const answerWithinMs = 25_000

async function lookAt(
  store: Store,
  { draft, clusterId, askedBy }: { draft: ClusterDraft; clusterId: string | null; askedBy: string },
): Promise<Discovery> {
  const { secrets, ...open } = draft
  const question: DiscoverQuestion = { draft: { ...open, secrets: {} }, clusterId }
  const sealed = await sealInquirySecrets(store.pool, secrets)
  return fromJson<Discovery>(await ask(store, { kind: 'discover', input: question, sealed, askedBy }, answerWithinMs))
}
