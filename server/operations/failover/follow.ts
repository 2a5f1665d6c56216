import { answers } from '#domain/snapshot/reachability.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { listNames } from '#domain/words.ts'
import type { StepOutcome } from '../define.ts'
import { waitFor } from '../fresh-snapshot.ts'
import { followedTimeline } from '../lead/followed.ts'
import type { FailoverContext } from './context.ts'

/** Waits until every member that answers follows the new leader; who does not is told, for the lead is where it was to be all the same. */
export async function follow(context: FailoverContext): Promise<StepOutcome> {
  const { newLeader = '' } = context.facts
  let told = ''
  let last: string[] = []
  const found = await waitFor(context, patienceMs, (snapshot) => {
    last = stragglersIn(snapshot, newLeader, context.now())
    const words = last.length === 0 ? '' : `${listNames(last)} ${last.length === 1 ? 'does' : 'do'} not follow yet`
    if (words !== told && words !== '') context.say(words)
    told = words
    return last.length === 0 ? snapshot : null
  })
  if (found !== null) return { kind: 'done', detail: `Every member that answers follows ${newLeader}.` }
  const does = last.length === 1 ? 'does' : 'do'
  return {
    kind: 'done',
    detail: `${listNames(last)} ${does} not follow ${newLeader} after ${patienceMs / 1000} s: the log of Patroni there says why. It may hold what ${newLeader} does not, and then has to be rewound or copied anew.`,
  }
}

const patienceMs = 60_000

/** Who answers and does not follow. */
export function stragglersIn({ members, ...rest }: Snapshot, leader: string, now: Date): string[] {
  const snapshot = { members, ...rest }
  return members
    .filter((member) => member.name !== leader && answers(member, now))
    .map(({ name }) => name)
    .filter((name) => followedTimeline(snapshot, name, leader) === null)
}
