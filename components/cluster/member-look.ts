import type { Tone } from '#components/ui/state-mark.tsx'
import { goneSince } from '#domain/judgement/candidate-words.ts'
import { formatAge, formatBytes } from '#domain/format.ts'
import type { Finding } from '#domain/judgement/finding.ts'
import type { Lag } from '#domain/snapshot/patroni.ts'
import { answers } from '#domain/snapshot/reachability.ts'
import type { MemberRole, MemberSnapshot } from '#domain/snapshot/snapshot.ts'

/** How a member's state is shown: what is old is never green. */
export interface MemberLook {
  tone: Tone
  word: string
  /** False where what is shown of it is old. */
  isCurrent: boolean
}

export function memberLook(member: MemberSnapshot, findings: readonly Finding[], now: Date): MemberLook {
  const gone = goneSince(member)
  if (gone) {
    const how = answers(member, now) ? 'not listed' : 'gone'
    return { tone: 'bad', word: `${how} for ${formatAge(gone, now)}`, isCurrent: false }
  }
  if (!answers(member, now)) {
    return { tone: 'unseen', word: absence(member, now), isCurrent: false }
  }
  return { tone: toneOf(member, findings), word: member.state, isCurrent: true }
}

/** Only who was asked can have failed to answer. */
function absence({ seenAt, problem }: MemberSnapshot, now: Date): string {
  if (seenAt === null) return problem ? 'never answered' : 'not seen yet'
  return `${problem ? 'no answer' : 'not seen'} for ${formatAge(seenAt, now)}`
}

/** A member's role as one says it. */
export function roleWord(role: MemberRole): string {
  return roleWords[role]
}

const roleWords = {
  leader: 'leader',
  standby_leader: 'standby leader',
  sync_standby: 'sync standby',
  quorum_standby: 'quorum standby',
  replica: 'replica',
  unknown: 'role unknown',
} as const satisfies Record<MemberRole, string>

/** A lag in words, null where the member has none to show. */
export function lagText(lag: Lag | null): string | null {
  if (lag === null) return null
  return lag === 'unknown' ? 'unknown' : formatBytes(lag)
}

/** The exact figure, for hover. */
export function lagTip(lag: Lag | null): string | undefined {
  return typeof lag === 'number' ? `${lag.toLocaleString('en-US')} bytes` : undefined
}

/** Worth a warning colour: past what a failover allows. */
export function isLagHigh(lag: Lag | null, allowedBytes: number | null): boolean {
  return typeof lag === 'number' && allowedBytes !== null && lag > allowedBytes
}

function toneOf(member: MemberSnapshot, findings: readonly Finding[]): Tone {
  const own = findings.filter((finding) => finding.member === member.name)
  if (own.some((finding) => finding.severity === 'critical')) return 'bad'
  if (own.some((finding) => finding.severity === 'warning')) return 'warn'
  return 'ok'
}
