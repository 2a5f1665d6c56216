import { isLagHigh, lagText, roleWord, type MemberLook } from '#components/cluster/member-look.ts'
import type { Judged } from '#components/cluster/judge.ts'
import { formatAge, formatDuration } from '#domain/format.ts'
import { takesWrites } from '#domain/snapshot/sight.ts'
import type { MemberSnapshot } from '#domain/snapshot/snapshot.ts'
import { isStale } from '#domain/snapshot/staleness.ts'

/** A line in a member's box: the longest of its wordings that fits is drawn. */
export interface Line {
  wordings: readonly string[]
  tone: 'plain' | 'lead' | 'warn' | 'bad'
}

interface Given {
  member: MemberSnapshot
  look: MemberLook
  judged: Judged
}

/** What the member is and does. */
export function stateLine({ member, look, judged }: Given): Line {
  const { leader } = judged.snapshot
  const tone = look.tone === 'bad' || look.tone === 'warn' ? look.tone : 'plain'
  if (leader?.name !== member.name) {
    return { wordings: look.isCurrent ? [`${roleWord(member.role)}, ${look.word}`, look.word] : [look.word], tone }
  }
  const word = roleWord(member.role === 'standby_leader' ? 'standby_leader' : 'leader')
  const since = leader.since ?? leader.historySince
  const isRunning = look.isCurrent && look.word === 'running'
  return {
    wordings:
      isRunning && since
        ? [`${word} for ${formatDuration(judged.now.getTime() - since.getTime())}`, word]
        : [`${word}, ${look.word}`, look.word],
    tone: tone === 'plain' && look.isCurrent ? 'lead' : tone,
  }
}

/** What the member does with WAL; null where nothing can be said. */
export function walLine({ member, look, judged }: Given): Line | null {
  const { snapshot, assessment, now } = judged
  const isLeader = snapshot.leader?.name === member.name
  if (takesWrites(member, now)) return { wordings: ['takes writes'], tone: isLeader ? 'plain' : 'bad' }
  if (!look.isCurrent) return member.seenAt ? { wordings: [`last: ${member.state}`], tone: 'plain' } : null
  if (isLeader && snapshot.isStandbyCluster) return { wordings: ['follows another cluster', 'follows'], tone: 'plain' }
  if (isLeader) return member.isWritable === false ? { wordings: ['takes no writes'], tone: 'bad' } : null
  return lagLine(member, assessment.forecast.allowedLagBytes, now)
}

function lagLine(member: MemberSnapshot, allowedBytes: number | null, now: Date): Line | null {
  const lag = lagText(member.replayLag)
  if (lag === null) return null
  if (lag === 'unknown') return { wordings: ['lag unknown'], tone: 'plain' }
  if (member.lagObservedAt && isStale(member.lagObservedAt, now)) {
    return { wordings: [`${lag} to replay, ${formatAge(member.lagObservedAt, now)} ago`, lag], tone: 'plain' }
  }
  return { wordings: [`${lag} to replay`, lag], tone: isLagHigh(member.replayLag, allowedBytes) ? 'warn' : 'plain' }
}
