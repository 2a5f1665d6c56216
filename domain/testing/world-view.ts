import type { PatroniClusterView } from '#domain/snapshot/patroni.ts'
import type { World, WorldMember } from './world.ts'

/** `/cluster` as a member answers it that takes `leader` for the leader. */
export function viewOf(world: World, leader: string | null): PatroniClusterView {
  return {
    scope: 'postgres-cluster',
    members: world.members
      .filter(({ isListed }) => isListed)
      .map((member) => {
        const isLeader = member.name === leader
        const lag = isLeader || member.postgres === null ? null : Math.max(0, world.optimeLsn - member.lsn)
        const isNew = member.patroniVersion.startsWith('4.1')
        return {
          name: member.name,
          role: roleIn(world, member, isLeader),
          state: stateIn(member, isLeader),
          apiUrl: `http://${member.host}:8008/patroni`,
          host: member.host,
          port: 5432,
          timeline: member.timeline,
          lag: isLeader ? null : (lag ?? 'unknown'),
          receiveLag: isNew && !isLeader ? (lag ?? 'unknown') : null,
          replayLag: isNew && !isLeader ? Math.max(0, world.optimeLsn - member.replayedLsn) : null,
          pendingRestart: member.pendingRestart !== null,
          tags: member.tags,
        }
      }),
    pause: world.config.pause,
    scheduledSwitchover: world.scheduledSwitchover,
  }
}

/** State as a member key carries it; before 3.0.4 a replica only says `running`. */
export function stateIn(member: WorldMember, isLeader: boolean): string {
  const state = member.listedState ?? member.state
  if (state === 'streaming' && (isLeader || member.patroniVersion.startsWith('3.0.2'))) return 'running'
  return state
}

function roleIn(world: World, member: WorldMember, isLeader: boolean): string {
  if (isLeader) return world.config.standbyCluster ? 'standby_leader' : 'leader'
  if (!world.sync?.includes(member.name)) return 'replica'
  return world.config.synchronousMode === 'quorum' ? 'quorum_standby' : 'sync_standby'
}
