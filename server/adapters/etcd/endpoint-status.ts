import type { EtcdAlarm, EtcdEndpointStatus } from '#domain/dcs.ts'
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
      // The list of errors holds the alarms and, apart from them, that there is no leader.
      alarms: (raw.errors ?? []).filter((error) => !/no leader/i.test(error)).map(alarmOf),
    }
  }
}

// Text of AlarmMember.String(): `memberID:7419072999386831338 alarm:NOSPACE `.
function alarmOf(error: string): EtcdAlarm {
  const kind = /\balarm:(\w+)/.exec(error)?.[1] ?? error.trim()
  return { memberId: /\bmemberID:(\d+)/.exec(error)?.[1] ?? null, kind }
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
