import type { BackupView } from '#domain/backup/backup-view.ts'
import type { ClusterEndpoints } from '#domain/fleet/cluster.ts'
import { isLongGone } from '#domain/snapshot/long-gone.ts'
import type { PatroniConfig, PatroniSetup } from '#domain/snapshot/patroni.ts'
import type { MemberSnapshot, Snapshot } from '#domain/snapshot/snapshot.ts'
import type { EtcdDetail } from '#domain/stack/etcd-detail.ts'
import type { HaproxyDetail } from '#domain/stack/haproxy-detail.ts'
import type { PoolerDetail } from '#domain/stack/pooler-detail.ts'
import type { PostgresDetail } from '#domain/stack/postgres-detail.ts'
import type { Looked } from '#domain/stack/stack-view.ts'
import { listNames } from '#domain/words.ts'
import type { SetupInput } from './setup-input.ts'

/** What rules are judged from, each as it was seen. */
export interface Parts {
  snapshot: Snapshot
  /** Members that are listed or have not been gone for long; at least one. */
  members: MemberSnapshot[]
  config: PatroniConfig
  dynamic: PatroniSetup
  postgres: Named<PostgresDetail>[]
  poolers: Named<PoolerDetail>[]
  haproxy: HaproxyDetail
  etcd: EtcdDetail
  backups: BackupView
  agents: NonNullable<SetupInput['agents']>
  endpoints: ClusterEndpoints
}

export type PartName = keyof Parts

export interface Named<T> {
  member: string
  detail: T
}

/** A part as it was seen, with which members it lacks; or why there is none, and what would let it be seen. */
type Part<T> = { value: T; gap: string | null } | { missing: string }

/** The parts that are asked for; null with why where one of them is missing. `gaps` tells of which members a part was not seen. */
export function partsOf<Name extends PartName>(
  input: SetupInput,
  names: readonly Name[],
): { parts: Pick<Parts, Name> | null; missing: string; gaps: string | null } {
  const gathered: Partial<Parts> = {}
  const gaps: string[] = []
  for (const name of names) {
    const part = look(input, name)
    if ('missing' in part) return { parts: null, missing: part.missing, gaps: null }
    Object.assign(gathered, { [name]: part.value })
    if (part.gap !== null) gaps.push(part.gap)
  }
  return { parts: isWhole(gathered, names) ? gathered : null, missing: '', gaps: gaps[0] ?? null }
}

function isWhole<Name extends PartName>(
  gathered: Partial<Parts>,
  names: readonly Name[],
): gathered is Pick<Parts, Name> & Partial<Parts> {
  return names.every((name) => gathered[name] !== undefined)
}

function look(input: SetupInput, name: PartName): Part<Parts[PartName]> {
  switch (name) {
    case 'snapshot':
      return present(input.snapshot, 'The console has not looked at this cluster yet.')
    case 'members':
      return belonging(input)
    case 'config':
      return present(input.snapshot?.config ?? null, noConfig)
    case 'dynamic':
      return present(input.snapshot?.config?.setup ?? null, noConfig)
    case 'postgres':
      return ofMembers(input, ({ postgres }) => postgres, {
        who: 'Postgres',
        untold: 'Matriarch has no user for Postgres: give it one with pg_monitor in the settings of this cluster.',
      })
    case 'poolers':
      return ofMembers(input, ({ pooler }) => pooler, {
        who: 'pgBouncer',
        untold:
          'No pgBouncer is looked into: its port is set in the settings of this cluster, and its stats_users must name the user that Matriarch has for Postgres.',
      })
    case 'haproxy':
      return looked(input, input.stack?.haproxy ?? null, {
        who: 'HAProxy',
        untold:
          'Matriarch was told of no HAProxy: give it the address of its statistics page in the settings of this cluster.',
      })
    case 'etcd':
      return looked(input, input.stack?.etcd ?? null, {
        who: 'etcd',
        untold: 'Matriarch was told of no etcd: give it the client addresses in the settings of this cluster.',
      })
    case 'backups':
      return present(input.backups?.view ?? null, noBackups)
    case 'agents':
      return present(input.agents, 'Which nodes have an agent is not known.')
    case 'endpoints':
      return present(input.endpoints, 'How this cluster is reached is not known.')
  }
}

const noConfig = "Patroni's dynamic configuration has not been read yet: a member's REST, or etcd, must answer."
const noBackups = 'No backups have been seen: they are looked at through an agent on a node that runs pgBackRest.'

function present<T>(value: T | null, missing: string): Part<T> {
  return value === null ? { missing } : { value, gap: null }
}

/** One that is gone for now, as while it is recovered or rebuilt, still belongs to the cluster. */
function belonging({ snapshot, now }: SetupInput): Part<MemberSnapshot[]> {
  const members = snapshot?.members.filter((member) => !isLongGone(member, now)) ?? []
  return members.length === 0 ? { missing: 'No member is in sight.' } : { value: members, gap: null }
}

interface Words {
  who: string
  /** Said where the console was not told how to look. */
  untold: string
}

type Member = NonNullable<SetupInput['stack']>['members'][number]

function ofMembers<T>(
  { stack, snapshot, now }: SetupInput,
  get: (member: Member) => Looked<T> | null,
  { who, untold }: Words,
): Part<Named<T>[]> {
  if (stack === null) return { missing: `No deep look at ${who} has been taken yet.` }
  const current = new Set(snapshot?.members.filter(({ isListed }) => isListed).map(({ name }) => name))
  const asked = stack.members.filter(({ name }) => current.size === 0 || current.has(name))
  const looks = asked.map((member) => ({ member: member.name, look: get(member) }))
  const seen = looks.flatMap(({ member, look: each }) =>
    each?.value != null && isHeld(each, now) ? [{ member, detail: each.value }] : [],
  )
  const unseen = [...current].filter((name) => !seen.some(({ member }) => member === name))
  if (seen.length > 0)
    return { value: seen, gap: unseen.length === 0 ? null : `${who} was not seen on ${listNames(unseen)}.` }
  const problem = looks.find(({ look: each }) => each?.problem)?.look?.problem
  return {
    missing: problem?.sentence ?? (looks.some(({ look: each }) => each !== null) ? `${who} has not answered.` : untold),
  }
}

function looked<T>({ stack, now }: SetupInput, each: Looked<T> | null, { who, untold }: Words): Part<T> {
  if (stack === null) return { missing: `No deep look at ${who} has been taken yet.` }
  if (each === null) return { missing: untold }
  if (each.value !== null && isHeld(each, now)) return { value: each.value, gap: null }
  return { missing: each.problem?.sentence ?? `${who} has not answered.` }
}

/** A set-up seldom changes: what was seen some minutes ago is still told. */
function isHeld({ seenAt }: Looked<unknown>, now: Date): boolean {
  return seenAt !== null && now.getTime() - seenAt.getTime() <= holdsMs
}

const holdsMs = 900_000
