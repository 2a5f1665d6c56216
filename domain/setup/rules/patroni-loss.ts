import { isBarred } from '#domain/judgement/barred.ts'
import { formatBytes, formatDuration } from '#domain/format.ts'
import type { MemberSnapshot } from '#domain/snapshot/snapshot.ts'
import { dynamicFix } from '#domain/setup/fix.ts'
import { rule } from '#domain/setup/rule.ts'
import { bytesWorth, rateOf, secondsWorth } from '#domain/setup/worth.ts'

/** What a failover may lose, and what keeps Patroni from making one. */
export const patroniLossRules = [
  rule({
    rule: 'patroni-lag-limit',
    title: 'maximum_lag_on_failover fits what is written',
    layer: 'patroni',
    needs: ['config', 'snapshot'],
    check: ({ config, snapshot }) => {
      const { maximumLagOnFailoverBytes: limit, loopWaitSeconds: loop, synchronousMode } = config
      if (synchronousMode !== false)
        return { notApplicable: 'In synchronous mode only a synchronous standby takes over.' }
      const rate = rateOf(snapshot)
      // Patroni measures against the position that the leader published last, up to a loop before.
      const lost = limit + (rate ?? 0) * loop
      if (limit > tooMuchBytes || (rate !== null && limit / rate > tooLongSeconds && limit > segmentBytes)) {
        return [
          {
            severity: 'warning',
            member: null,
            sentence: `maximum_lag_on_failover is ${bytesWorth(limit, snapshot)}.`,
            risk: 'A replica so far behind may still take over, and what it lacks is lost. Against a limit of usual size it would wait for a better one.',
            worstCase: `Up to ${bytesWorth(lost, snapshot)} are lost at a failover.`,
            fix: dynamicFix(`maximum_lag_on_failover: ${Math.max(usualBytes, Math.ceil((rate ?? 0) * 10))}`),
          },
        ]
      }
      if (rate === null)
        return {
          unseen:
            'How much is written is not known: the leader has written nothing between the last looks, or was not seen.',
        }
      if (limit >= rate) return []
      return [
        {
          severity: 'warning',
          member: null,
          sentence: `maximum_lag_on_failover is ${formatBytes(limit)}, but ${formatBytes(rate)} are written each second.`,
          risk: 'A replica that is held up for some seconds before the leader dies is too far behind to take over. If all are, nobody is promoted, and a person has to decide what may be lost.',
          worstCase: 'No leader until somebody acts.',
          fix: dynamicFix(`maximum_lag_on_failover: ${Math.ceil(rate * 10)}`),
        },
      ]
    },
  }),
  rule({
    rule: 'patroni-sync-two-members',
    title: 'Synchronous mode has a standby to spare',
    layer: 'patroni',
    needs: ['config', 'dynamic', 'members'],
    check: ({ config, dynamic, members }, { snapshot }) => {
      if (config.synchronousMode === false) return { notApplicable: 'Replication is asynchronous.' }
      const able = members.filter((member) => mayConfirm(member) && member.name !== snapshot?.leader?.name)
      const needed = dynamic.synchronousNodeCount
      if (able.length > needed) return []
      const isStrict = config.synchronousModeStrict
      const standbys = able.length === 1 ? 'one replica' : `${able.length} replicas`
      return [
        {
          severity: isStrict ? 'critical' : 'warning',
          member: null,
          sentence: `synchronous_mode is on and asks for ${needed}, with ${standbys} that may confirm: there is none to spare.`,
          risk: isStrict
            ? 'In strict mode every commit waits once a replica is lost or restarted.'
            : 'Once a replica is lost or restarted, Patroni goes on with fewer and says nothing to clients: what is confirmed then may be lost.',
          worstCase: isStrict
            ? 'No writes while a replica is away.'
            : `Everything confirmed while the replica was away, such as ${secondsWorth(3600, snapshot)}.`,
          fix: isStrict
            ? dynamicFix('synchronous_mode_strict: false')
            : { where: 'on a further machine', paste: 'patroni /etc/patroni/patroni.yml' },
        },
      ]
    },
  }),
  rule({
    rule: 'patroni-failsafe',
    title: 'The leader may go on while the DCS is away',
    layer: 'patroni',
    needs: ['config'],
    check: ({ config }) => {
      if (config.failsafeMode) return []
      const { loopWaitSeconds: loop, retryTimeoutSeconds: retry } = config
      return [
        {
          severity: 'info',
          member: null,
          sentence: 'failsafe_mode is off.',
          risk: 'When etcd cannot be reached, the leader becomes read-only although all members see each other.',
          worstCase: `No writes from ${formatDuration((loop + 2 * retry) * 1000)} after etcd is lost until it is back.`,
          fix: dynamicFix('failsafe_mode: true'),
        },
      ]
    },
  }),
  rule({
    rule: 'patroni-check-timeline',
    title: 'A replica of an older timeline may not take over',
    layer: 'patroni',
    needs: ['config'],
    check: ({ config }) =>
      config.checkTimeline
        ? []
        : [
            {
              severity: 'info',
              member: null,
              sentence: 'check_timeline is off.',
              risk: 'A replica that was left behind on an older timeline may stand in an election by its WAL position alone.',
              worstCase: 'Everything written since that timeline ended.',
              fix: dynamicFix('check_timeline: true'),
            },
          ],
  }),
]

function mayConfirm(member: MemberSnapshot): boolean {
  const nosync = member.tags['nosync']
  return !isBarred(member) && nosync !== true && nosync !== 1 && nosync !== 'true'
}

const usualBytes = 1_048_576
const tooMuchBytes = 1_073_741_824
const tooLongSeconds = 60
/** Less than one segment of WAL is not much to argue about. */
const segmentBytes = 16_777_216
