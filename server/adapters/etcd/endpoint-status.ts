import type { EtcdEndpointStatus } from '#domain/snapshot/dcs.ts'
import { alarmsOf } from './alarms.ts'
import type { EtcdSession } from './session.ts'
import { memberListSchema, statusSchema } from './wire.ts'

/** Looks at single endpoints; remembers the names of etcd's members, which are listed only when an unknown id turns up. */
export function createEndpointLook(session: EtcdSession) {
  const names = new Map<string, string | null>()

  async function nameOf(memberId: string, url: string, signal: AbortSignal | undefined): Promise<string | null> {
    if (!names.has(memberId)) {
      names.set(memberId, null)
      for (const member of await listMembers(session, url, signal)) names.set(member.ID, member.name || null)
    }
    return names.get(memberId) ?? null
  }

  return async (url: string, signal?: AbortSignal): Promise<EtcdEndpointStatus> => {
    const raw = await session.ask(url, '/v3/maintenance/status', {}, statusSchema, { timeoutMs: 5_000, signal })
    return {
      memberId: raw.header.member_id,
      name: await nameOf(raw.header.member_id, url, signal),
      version: raw.version,
      leaderId: raw.leader === undefined || raw.leader === '0' ? null : raw.leader,
      raftTerm: Number(raw.raftTerm ?? raw.header.raft_term ?? 0),
      dbSizeBytes: Number(raw.dbSize ?? 0),
      alarms: alarmsOf(raw.errors),
    }
  }
}

// Names are a courtesy: an etcd that does not list its members is still looked at.
async function listMembers(session: EtcdSession, url: string, signal: AbortSignal | undefined) {
  try {
    const options = { timeoutMs: 2_000, signal }
    const { members } = await session.ask(
      url,
      '/v3/cluster/member/list',
      { linearizable: false },
      memberListSchema,
      options,
    )
    return members
  } catch {
    return []
  }
}
