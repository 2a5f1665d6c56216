import { Badge } from '#components/ui/badge.tsx'
import { StateIcon } from '#components/ui/state-mark.tsx'
import type { MemberSnapshot } from '#domain/snapshot/snapshot.ts'

/** What is special about a member: a restart it waits for, its tags. */
export function MemberNotes({ member }: { member: MemberSnapshot }) {
  return (
    <>
      {member.pendingRestart ? (
        <Badge tip={restartTip(member)}>
          <StateIcon tone="info" className="size-3" />
          restart pending
        </Badge>
      ) : null}
      {Object.entries(member.tags).map(([tag, value]) =>
        value === false ? null : (
          <Badge key={tag} tip={tagTips[tag]} className="phone:hidden">
            {value === true ? tag : `${tag} ${value}`}
          </Badge>
        ),
      )}
    </>
  )
}

function restartTip(member: MemberSnapshot): string {
  const changes = Object.entries(member.pendingRestartReason)
  if (changes.length === 0) return 'A changed setting takes effect only after a restart.'
  return changes.map(([setting, change]) => `${setting}: ${change.oldValue} → ${change.newValue}`).join('\n')
}

const tagTips: Record<string, string> = {
  nofailover: 'It never becomes leader.',
  noloadbalance: 'It is left out of the replicas that readers are sent to.',
  clonefrom: 'New members are copied from it.',
  nosync: 'It is never a synchronous standby.',
  nostream: 'It replays from the archive instead of streaming.',
  failover_priority: 'The higher, the sooner it is chosen among equals; 0 = never.',
  replicatefrom: 'The member it streams from.',
}
