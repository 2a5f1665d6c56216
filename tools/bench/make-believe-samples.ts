import { metrics, type Sample } from '#domain/samples/metrics.ts'

/** What only a replica or only a leader has. */
const ofReplica = new Set([
  'replayBytesPerSecond',
  'receiveLagBytes',
  'replayLagBytes',
  'replayLagSeconds',
  'writeLagSeconds',
  'flushLagSeconds',
])
const ofLeader = new Set(['walBytesPerSecond'])
/** What stays as it is for hours. */
const steady =
  /^(is|has|timeline|level|membersRunning|candidates|etcdMembers|haproxyPrimary|connectionUse|.*SlotRetained|dataFree|waiting|deadlocks|archiveFail|checkpointsReq|horizon)/
const sweepMs = 10_000

/** One cluster of three members as it would be sampled: what grows, what moves, what hardly does; now and then a layer is out of sight. */
export function makeBelieveSweep(cluster: number, at: Date): Sample[] {
  const n = Math.floor(at.getTime() / sweepMs)
  return [
    {
      subject: { kind: 'cluster' },
      at,
      values: metrics.cluster.map(({ name }, place) => valueOf(name, cluster, place, n)),
    },
    ...[1, 2, 3].map((member): Sample => {
      const isLeader = member === 1
      const isPoolerGone = noise(cluster, member, Math.floor(n / 30)) > 0.99
      const values = metrics.member.map(({ name }, place) => {
        if (isLeader ? ofReplica.has(name) : ofLeader.has(name)) return null
        if (isPoolerGone && name.startsWith('pool')) return null
        return valueOf(name, cluster * 10 + member, place, n)
      })
      return { subject: { kind: 'member', name: `pg-node-${member}` }, at, values }
    }),
  ]
}

function valueOf(name: string, subject: number, place: number, n: number): number {
  const level = 10 ** (noise(subject, place, 0) * 6)
  if (steady.test(name)) return Math.round(level * (1 + noise(subject, place, Math.floor(n / 2_000))))
  const wave = 1 + 0.5 * Math.sin((2 * Math.PI * n) / 8_640 + subject)
  return level * wave * (0.85 + 0.3 * noise(subject, place, n))
}

/** Between 0 and 1, always the same for the same. */
function noise(a: number, b: number, c: number): number {
  const mixed = Math.imul(a + 1, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca6b) ^ Math.imul(c + 1, 0xc2b2ae35)
  const more = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d)
  return ((more ^ (more >>> 13)) >>> 0) / 2 ** 32
}
