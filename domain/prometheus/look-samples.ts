import { isLongGone } from '#domain/snapshot/long-gone.ts'
import type { FactSources } from '#domain/alerts/facts/sources.ts'
import { gauge, sample, type FamilySample } from './family.ts'

export const lookAge = gauge(
  'look_age_seconds',
  'Time since the newest look at a layer that brought something: what such a look tells is left out once it is old.',
)

/** How old what the console knows of each layer is; a layer that never answered has no age. */
export function lookSamples(cluster: string, { snapshot, stack, backups, agents, now }: FactSources): FamilySample[] {
  const age = (layer: string, seenAt: Date | null | undefined, member?: string) =>
    seenAt
      ? sample(lookAge, { cluster, layer, ...(member !== undefined && { member }) }, secondsBetween(seenAt, now))
      : []
  const { etcd, haproxy } = snapshot
  return [
    ...snapshot.members
      .filter((member) => !isLongGone(member, now))
      .flatMap(({ name, seenAt, postgres, pooler }) => [
        ...age('patroni', seenAt, name),
        ...age('postgres', postgres?.seenAt, name),
        ...age('pooler', pooler?.seenAt, name),
      ]),
    ...(stack?.members ?? []).flatMap(({ name, postgres, pooler }) => [
      ...age('postgres_statistics', postgres?.seenAt, name),
      ...age('pooler_statistics', pooler?.seenAt, name),
    ]),
    ...agents.flatMap(({ node, seenAt }) => age('agent', seenAt, node)),
    ...age('etcd', etcd?.keysSeenAt),
    ...age('etcd_statistics', stack?.etcd?.seenAt),
    ...age('haproxy', haproxy?.seenAt),
    ...age('haproxy_statistics', stack?.haproxy?.seenAt),
    ...age('backups', backups?.takenAt),
  ]
}

function secondsBetween(at: Date, now: Date): number {
  return Math.max(0, (now.getTime() - at.getTime()) / 1000)
}
