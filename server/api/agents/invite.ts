import { randomUUID } from 'node:crypto'
import { invitationLifeMs, keyIdOf, newSecret, writeToken } from '#agent/protocol/enrolment.ts'
import { agentAddress } from '#domain/agent/agent.ts'
import { AppError } from '#server/errors.ts'
import { insertInvitation } from '#server/store/agent-invitations.ts'
import { notify } from '#server/store/notify.ts'
import type { Store } from '#server/store/open.ts'
import { readSigningKey } from '#server/store/signing-key.ts'
import { latestSnapshot } from '#server/store/snapshots.ts'
import { demandAllowance } from '../allowance.ts'
import { needCluster } from '../clusters/need.ts'
import type { CommandContext } from '../trpc.ts'

export interface Invited {
  id: string
  /** Told once: the console keeps no copy that it could show again. */
  token: string
  expiresAt: Date
  /** Where the agent is looked for. */
  address: string
  /** What to type on the node. */
  command: string
}

/** Invites the agent of a node: makes the token it enrols with, in place of one that is still open. */
export async function inviteAgent(
  context: CommandContext,
  wanted: { cluster: string; node: string; address?: string },
): Promise<Invited> {
  const { act, services } = context
  const { store } = services
  const cluster = await needCluster(store, wanted.cluster)
  const { node } = wanted
  const subject = { target: `${cluster.name}/${node}`, cluster, reason: null }
  act.on({ ...subject, detail: { address: wanted.address ?? null } })
  await demandAllowance(context, 'invitations')
  const host = await hostOf(store, cluster, node)
  const address = wanted.address ?? addressAt(host, node)
  const workerKeyId = keyIdOf(Buffer.from(await readSigningKey(store.pool), 'base64'))
  const id = randomUUID()
  const secret = newSecret()
  const expiresAt = await act.commit(async (tx) => {
    const invitation = { id, clusterId: cluster.id, node, address, secret, createdBy: act.actor.name }
    const endsAt = await insertInvitation(tx, { ...invitation, lifeMs: invitationLifeMs })
    await notify(tx, { kind: 'agents', clusterId: cluster.id })
    act.on({ ...subject, detail: { address, invitation: id, expiresAt: endsAt } })
    return endsAt
  })
  const token = writeToken({ invitationId: id, secret, workerKeyId })
  return { id, token, expiresAt, address, command: `sudo matriarch-agent enroll ${token}` }
}

async function hostOf(store: Store, cluster: { id: string; name: string }, node: string): Promise<string | null> {
  const members = (await latestSnapshot(store, cluster.id))?.members ?? []
  const member = members.find(({ name }) => name === node)
  if (member) return member.host
  const known = members.map(({ name }) => name).join(', ')
  const sentence =
    known === ''
      ? `The console has seen no member of ${cluster.name} yet: wait until it has looked at the cluster.`
      : `${cluster.name} has no member named ${node}. Its members are ${known}.`
  throw new AppError('refused', sentence, { fields: [{ field: 'node', sentence }] })
}

function addressAt(host: string | null, node: string): string {
  if (host !== null) return agentAddress(host)
  const sentence = `Where ${node} runs is not known: say the address of its agent.`
  throw new AppError('refused', sentence, { fields: [{ field: 'address', sentence }] })
}
