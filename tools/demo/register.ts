import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { everywhere } from '#domain/people/grant.ts'
import { makeToken } from '#server/auth/make-token.ts'
import { recordAudit } from '#server/audit/record.ts'
import { AppError } from '#server/errors.ts'
import { findCluster } from '#server/store/clusters.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import type { Queryable } from '#server/store/queryable.ts'
import { revokeTokenRow } from '#server/store/tokens.ts'
import { type NodeName, nodes } from '#lab/addresses.ts'
import { enrolAgent, sql } from '#lab/control.ts'
import { clusterName, labDraft } from './lab-draft.ts'

/** Registers the lab through the REST interface unless it is, and lets its agents in; a lab made anew replaces the one that is gone. */
export async function registerLab(store: Store, url: string, signal: AbortSignal): Promise<void> {
  const known = await findCluster(store, clusterName)
  if (known !== null && known.systemIdentifier === (await systemIdentifier())) return
  const token = await makeDemoToken(store)
  try {
    const call = { url, token: token.text, signal }
    if (known) {
      await request({
        ...call,
        method: 'DELETE',
        path: `/api/v1/clusters/${clusterName}`,
        body: { confirmName: clusterName, reason: 'The demo has made its lab anew.' },
      })
    }
    await request({ ...call, method: 'POST', path: '/api/v1/clusters', body: labDraft() })
    for (const node of nodes) await enrol(node, call)
  } finally {
    await inTransaction(store, (tx) => revokeTokenRow(tx, token.id))
  }
}

async function enrol(node: NodeName, call: { url: string; token: string; signal: AbortSignal }): Promise<void> {
  const path = `/api/v1/clusters/${clusterName}/agents/${node}/invitation`
  // The console must have looked at the cluster once to know its members.
  const invite = () => request({ ...call, method: 'POST', path, body: {} })
  const { token } = invited.parse(await untilDone(invite, call.signal))
  const { exitCode, stdout, stderr } = await enrolAgent(node, token)
  if (exitCode !== 0) throw new AppError('refused', `The agent of ${node} was not let in: ${stdout}${stderr}`)
}

/** Tries once a second for half a minute. */
async function untilDone<T>(act: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let left = 30; ; left--) {
    try {
      return await act()
    } catch (error) {
      if (left === 0 || signal.aborted) throw error
      await sleep(1_000, undefined, { signal })
    }
  }
}

const invited = z.object({ token: z.string() })

async function systemIdentifier(): Promise<string> {
  const rows = await sql('pg-node-1', 'select system_identifier::text as id from pg_control_system()')
  return String(rows[0]?.['id'])
}

async function makeDemoToken(store: Store): Promise<{ id: string; text: string }> {
  return inTransaction(store, async (tx) => {
    const name = await freeName(tx)
    const { id, token } = await makeToken(tx, {
      name,
      grants: [everywhere('admin')],
      createdBy: 'Console',
      ownerId: null,
      expiresInDays: 1,
    })
    await recordAudit(tx, {
      actor: { id: null, name: 'Console', kind: 'console' },
      action: 'tokens.create',
      target: name,
      cluster: null,
      reason: null,
      outcome: 'done',
      operationId: null,
      detail: { role: 'admin', why: 'demo' },
    })
    return { id, text: token }
  })
}

/** `demo`, or with a number where the demo has registered a lab here before: people read it as who did it. */
async function freeName(tx: Queryable): Promise<string> {
  const { rows } = await tx.query<{ count: number }>(
    `select count(*)::int as count from api_token where name = 'demo' or name like 'demo %'`,
  )
  const before = rows[0]?.count ?? 0
  return before === 0 ? 'demo' : `demo ${before + 1}`
}

async function request(call: {
  url: string
  token: string
  method: 'POST' | 'DELETE'
  path: string
  body: unknown
  signal: AbortSignal
}): Promise<unknown> {
  const answer = await fetch(new URL(call.path, call.url), {
    method: call.method,
    headers: { authorization: `Bearer ${call.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(call.body),
    signal: AbortSignal.any([call.signal, AbortSignal.timeout(60_000)]),
  })
  const text = (await answer.text()).slice(0, 20_000)
  if (answer.ok) return text === '' ? null : JSON.parse(text)
  throw new AppError(
    'refused',
    `The lab could not be registered: ${call.method} ${call.path} answered ${answer.status} ${text.slice(0, 1_000)}`,
  )
}
