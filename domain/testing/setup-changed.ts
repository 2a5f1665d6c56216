import type { BackupView } from '#domain/backup/backup-view.ts'
import type { ClusterEndpoints } from '#domain/fleet/cluster.ts'
import type { PatroniConfig, PatroniSetup } from '#domain/snapshot/patroni.ts'
import type { SetupInput } from '#domain/setup/setup-input.ts'
import type { MemberSnapshot, Snapshot } from '#domain/snapshot/snapshot.ts'
import type { EtcdMember } from '#domain/stack/etcd-detail.ts'
import type { HaproxyProxy, HaproxyServer } from '#domain/stack/haproxy-detail.ts'
import type { PoolerDatabase, PoolerDetail } from '#domain/stack/pooler-detail.ts'
import type { PostgresDetail } from '#domain/stack/postgres-detail.ts'
import type { Looked, MemberStack, StackView } from '#domain/stack/stack-view.ts'
import { settingMade } from './setup-made.ts'

export type Change = (input: SetupInput) => SetupInput

/** One change after the other. */
export const all =
  (...changes: Change[]): Change =>
  (input) =>
    changes.reduce((changed, change) => change(changed), input)

const onSnapshot =
  (change: (snapshot: Snapshot) => Partial<Snapshot>): Change =>
  (input) => ({ ...input, snapshot: input.snapshot && { ...input.snapshot, ...change(input.snapshot) } })

export const snapshotOf = (change: Partial<Snapshot>): Change => onSnapshot(() => change)

/** All members, or the one of that name. */
export const members = (change: Partial<MemberSnapshot>, name?: string): Change =>
  onSnapshot((snapshot) => ({
    members: snapshot.members.map((member) =>
      name === undefined || member.name === name ? { ...member, ...change } : member,
    ),
  }))

export const onlyMembers = (...names: string[]): Change =>
  onSnapshot((snapshot) => ({ members: snapshot.members.filter(({ name }) => names.includes(name)) }))

export const config = (change: Partial<PatroniConfig>): Change =>
  onSnapshot((snapshot) => ({ config: snapshot.config && { ...snapshot.config, ...change } }))

export const dynamic = (change: Partial<PatroniSetup>): Change =>
  onSnapshot(({ config: before }) => ({
    config: before?.setup ? { ...before, setup: { ...before.setup, ...change } } : before,
  }))

export const noConfig: Change = snapshotOf({ config: null })

const onStack =
  (change: (stack: StackView) => Partial<StackView>): Change =>
  (input) => ({ ...input, stack: input.stack && { ...input.stack, ...change(input.stack) } })

const onMembers = (change: (member: MemberStack) => Partial<MemberStack>, name?: string): Change =>
  onStack((stack) => ({
    members: stack.members.map((member) =>
      name === undefined || member.name === name ? { ...member, ...change(member) } : member,
    ),
  }))

const value = <T>(look: Looked<T> | null, change: (detail: T) => Partial<T>): Looked<T> | null =>
  look && { ...look, value: look.value === null ? null : { ...look.value, ...change(look.value) } }

export const postgres = (change: (detail: PostgresDetail) => Partial<PostgresDetail>, name?: string): Change =>
  onMembers((member) => ({ postgres: value(member.postgres, change) }), name)

export const setting = (name: string, text: string, unit: string | null = null, member?: string): Change =>
  postgres(({ settings }) => ({ settings: { ...settings, [name]: settingMade(text, unit) } }), member)

/** As if the console had no user for Postgres; on one member, as if it did not answer. */
export const noPostgres = (name?: string): Change => onMembers(() => ({ postgres: null }), name)

export const pooler = (change: (detail: PoolerDetail) => Partial<PoolerDetail>, name?: string): Change =>
  onMembers((member) => ({ pooler: value(member.pooler, change) }), name)

export const poolerConfig = (key: string, text: string, name?: string): Change =>
  pooler(({ config: before }) => ({ config: { ...before, [key]: text } }), name)

export const poolerDatabase = (change: Partial<PoolerDatabase>, name?: string): Change =>
  pooler(({ databases }) => ({ databases: databases.map((database) => ({ ...database, ...change })) }), name)

export const noPooler = (name?: string): Change => onMembers(() => ({ pooler: null }), name)

export const noPoolerConfig: Change = pooler(() => ({ config: {} }))

const proxies = (change: (proxy: HaproxyProxy) => Partial<HaproxyProxy>): Change =>
  onStack((stack) => ({
    haproxy: value(stack.haproxy, (detail) => ({
      proxies: detail.proxies.map((proxy) => ({ ...proxy, ...change(proxy) })),
    })),
  }))

export const server = (name: string, change: Partial<HaproxyServer>): Change =>
  proxies(({ servers }) => ({ servers: servers.map((each) => (each.name === name ? { ...each, ...change } : each)) }))

export const withoutServer = (name: string): Change =>
  proxies(({ servers }) => ({ servers: servers.filter((each) => each.name !== name) }))

export const noHaproxy: Change = onStack(() => ({ haproxy: null }))

export const etcd = (change: (member: EtcdMember) => Partial<EtcdMember> | null): Change =>
  onStack((stack) => ({
    etcd: value(stack.etcd, (detail) => ({
      members: detail.members.flatMap((member) => {
        const changed = change(member)
        return changed === null ? [] : [{ ...member, ...changed }]
      }),
    })),
  }))

export const noEtcd: Change = onStack(() => ({ etcd: null }))

export const backups =
  (change: (view: BackupView) => Partial<BackupView>): Change =>
  (input) => {
    const view = input.backups?.view ?? null
    return { ...input, backups: { view: view && { ...view, ...change(view) }, takenAt: input.now } }
  }

export const stanza = (change: Partial<NonNullable<BackupView['stanza']>>): Change =>
  backups((view) => ({ stanza: view.stanza && { ...view.stanza, ...change } }))

export const noBackups: Change = (input) => ({ ...input, backups: { view: null, takenAt: null } })

export const endpoints =
  (change: Partial<ClusterEndpoints>): Change =>
  (input) => ({ ...input, endpoints: input.endpoints && { ...input.endpoints, ...change } })

export const given =
  (change: Partial<SetupInput>): Change =>
  (input) => ({ ...input, ...change })
