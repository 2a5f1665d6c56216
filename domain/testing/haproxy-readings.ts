import type { Seen } from '#domain/snapshot/reading.ts'
import type { HaproxyBackend, HaproxyStatus } from '#domain/snapshot/readings.ts'
import { problem, seen } from './seen.ts'
import { secondsBefore, type World } from './world.ts'

/** What HAProxy's statistics page says: which servers of the two backends are up. */
export function haproxyReadings({ at, haproxy, members }: World): Seen<HaproxyStatus> | null {
  if (haproxy === 'none') return null
  if ('problem' in haproxy) {
    return seen(
      { backends: [] },
      secondsBefore(haproxy.since, 2),
      problem(haproxy, at, 'Nothing answers on 10.0.1.30:7000.'),
    )
  }
  const backend = (name: string, up: string[], sessions: number): HaproxyBackend => ({
    name,
    sessions,
    servers: members.map((member) => ({
      name: member.name,
      address: `${member.host}:6432`,
      isUp: up.includes(member.name),
      status: up.includes(member.name) ? 'UP' : 'DOWN',
      check: up.includes(member.name) ? 'L7OK/200' : 'L7STS/503',
      sessions: up.includes(member.name) ? sessions : 0,
    })),
  })
  return seen(
    { backends: [backend('primary', haproxy.primary, 412), backend('replicas', haproxy.replicas, 40)] },
    at,
    null,
  )
}
