import { baseLsn, secondsBefore, type World, type WorldMember } from './world.ts'

/** The same world with one member changed. */
export function withMember(world: World, name: string, change: Partial<WorldMember>): World {
  return {
    ...world,
    members: world.members.map((member) => (member.name === name ? { ...member, ...change } : member)),
  }
}

/** A replica that has received and replayed so many bytes less than the base. */
export function behindBy(bytes: number): Partial<WorldMember> {
  return { lsn: baseLsn - bytes, replayedLsn: baseLsn - bytes }
}

/** A machine that died: nothing on it answers, what was last read from it is kept, and its key is listed until its lease ends. */
export function dead(since: Date, isListed: boolean): Partial<WorldMember> {
  return { isListed, rest: { problem: 'refused', since }, sql: { problem: 'refused', since }, streamsFrom: null }
}

/** A world in which pg-node-1 took over from pg-node-3 so many seconds ago and both others follow it. */
export function afterTakeover(world: World, secondsAgo: number): World {
  const endedAt = secondsBefore(world.at, secondsAgo)
  return {
    ...world,
    leader: 'pg-node-1',
    leaderChangedAt: endedAt,
    members: world.members.map((member) =>
      member.name === 'pg-node-1'
        ? { ...member, state: 'running', postgres: 'primary', streamsFrom: null, timeline: 5 }
        : { ...member, state: 'streaming', postgres: 'standby', streamsFrom: 'pg-node-1', timeline: 5 },
    ),
    history: [...world.history, { timeline: 4, newLeader: 'pg-node-1', endedAt }],
    haproxy: { primary: ['pg-node-1'], replicas: ['pg-node-2', 'pg-node-3'] },
  }
}
