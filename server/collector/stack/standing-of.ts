import type { Snapshot } from '#domain/snapshot/snapshot.ts'

/** How a cluster stands, in a word to compare: who leads, each member's role, state and reach, and what HAProxy has up. Differs = the layers may have changed. */
export function standingOf({ leader, leaderSource, members, haproxy, etcd }: Snapshot): string {
  return JSON.stringify([
    leader?.name,
    leaderSource,
    members.map(({ name, role, state, isWritable, problem, postgresProblem, pooler }) => [
      name,
      role,
      state,
      isWritable,
      problem?.kind,
      postgresProblem?.kind,
      pooler?.problem?.kind,
    ]),
    haproxy?.problem?.kind,
    haproxy?.backends.map(({ name, servers }) => [name, servers.map((server) => [server.name, server.isUp])]),
    etcd?.quorumProblem?.kind,
    etcd?.endpoints.map(({ url, problem }) => [url, problem?.kind]),
  ])
}
