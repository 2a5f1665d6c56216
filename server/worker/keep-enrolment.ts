import type pg from 'pg'
import type { ClusterEvent } from '#domain/event.ts'
import type { AuditRecord } from '#domain/fleet/view.ts'
import type { Enrolled } from '#server/adapters/agent/enrol.ts'
import { recordAudit } from '#server/audit/record.ts'
import { AppError } from '#server/errors.ts'
import { putAgent } from '#server/store/agent-changes.ts'
import { keepRefusal, useInvitation, type StoredInvitation } from '#server/store/agent-invitations.ts'
import { tellEvents } from '#server/store/tell-events.ts'
import { notify } from '#server/store/notify.ts'
import { inTransaction, type Store } from '#server/store/open.ts'

/** An agent has enrolled and cannot be kept; the sentence is told to whoever waits at the node. */
export class NotKeptError extends AppError {
  constructor(sentence: string) {
    super('conflict', sentence)
    this.name = 'NotKeptError'
  }
}

/** Keeps an enrolled agent: its row, the end of its invitation, audit record, event and notices, all or nothing. */
export async function keepEnrolled(store: Store, invitation: StoredInvitation, enrolled: Enrolled): Promise<void> {
  const { clusterId, node, address, createdBy } = invitation
  const { agentId, identityKey, certificatePin, version } = enrolled
  await inTransaction(store, async (tx) => {
    if (!(await useInvitation(tx, invitation.id))) {
      throw new NotKeptError(`The invitation of ${node} was ended while its agent enrolled.`)
    }
    const agent = { id: agentId, clusterId, node, address, identityKey, certificatePin, version }
    if (!(await putAgent(tx, { ...agent, enrolledBy: createdBy }))) {
      throw new NotKeptError(
        `Its keys are those of another node's agent: they were copied. Remove the agent's folder on ${node} and enrol it anew.`,
      )
    }
    const detail = { agentId, address, certificatePin, version, invitation: invitation.id, invitedBy: createdBy }
    await record(tx, { invitation, outcome: 'done', detail })
    await tell(tx, invitation, {
      ...eventOf(node, `The agent of ${node} is enrolled; ${createdBy} had invited it.`),
      kind: 'agent-enrolled',
      severity: 'info',
      to: version,
    })
  })
}

/** Keeps that an agent was turned away: on its invitation where there is one, as audit record and as event. */
export async function keepTurnedAway(
  store: Store,
  given: { cluster: Cluster; invitationId: string; node: string; address: string; reason: string },
): Promise<void> {
  const { cluster, invitationId, node, address, reason } = given
  await inTransaction(store, async (tx) => {
    await keepRefusal(tx, invitationId, reason)
    const detail = { address, invitation: invitationId, sentence: reason }
    await record(tx, { invitation: { ...cluster, node }, outcome: 'refused', detail })
    await tell(tx, cluster, {
      ...eventOf(node, `An agent on ${address} that says it is that of ${node} was turned away. ${reason}`),
      kind: 'agent-turned-away',
      severity: 'warning',
    })
  })
}

type Cluster = Pick<StoredInvitation, 'clusterId' | 'clusterName'>

const self = { id: null, name: 'Matriarch', kind: 'console' } as const satisfies AuditRecord['actor']

async function record(
  tx: pg.PoolClient,
  given: { invitation: Cluster & { node: string }; outcome: AuditRecord['outcome']; detail: unknown },
): Promise<void> {
  const { invitation, outcome, detail } = given
  const { clusterId, clusterName, node } = invitation
  await recordAudit(tx, {
    actor: self,
    action: 'agents.enrol',
    target: `${clusterName}/${node}`,
    cluster: { id: clusterId, name: clusterName },
    reason: null,
    outcome,
    operationId: null,
    detail,
  })
}

async function tell(tx: pg.PoolClient, { clusterId, clusterName }: Cluster, event: ClusterEvent): Promise<void> {
  await tellEvents(tx, { clusterId, clusterName }, [event])
  await notify(tx, { kind: 'agents', clusterId })
}

function eventOf(node: string, sentence: string) {
  return { at: new Date(), member: node, sentence, from: null, to: null, sources: [`agent ${node}`] }
}
