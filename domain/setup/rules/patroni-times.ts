import { formatDuration } from '#domain/format.ts'
import { dynamicFix } from '#domain/setup/fix.ts'
import { rule } from '#domain/setup/rule.ts'
import { secondsWorth } from '#domain/setup/worth.ts'

const seconds = (amount: number): string => formatDuration(amount * 1000)

/** How Patroni's times fit each other, and how long they leave the cluster without a leader. */
export const patroniTimeRules = [
  rule({
    rule: 'patroni-ttl-covers-retries',
    title: 'The lease outlasts a leader that retries',
    layer: 'patroni',
    needs: ['config'],
    check: ({ config }, { snapshot }) => {
      const { ttlSeconds: ttl, loopWaitSeconds: loop, retryTimeoutSeconds: retry } = config
      const needed = loop + 2 * retry
      if (ttl >= needed) return []
      const fit = Math.floor((ttl - loop) / 2)
      return [
        {
          severity: 'critical',
          member: null,
          sentence: `ttl is ${ttl} s, but loop_wait ${loop} s and twice retry_timeout ${retry} s are ${needed} s.`,
          risk: 'A leader that cannot reach the DCS goes on writing until it gives up retrying; its lease ends before, and another member may lead beside it. Patroni from 3.2 on lowers its times in memory instead, and then does not do what is written.',
          worstCase: `Two leaders for up to ${seconds(needed - ttl)}: up to ${secondsWorth(needed - ttl, snapshot)} are lost.`,
          fix: dynamicFix(fit >= 3 ? `retry_timeout: ${fit}` : `ttl: ${Math.max(20, needed)}`),
        },
      ]
    },
  }),
  rule({
    rule: 'patroni-ttl-short-enough',
    title: 'A dead leader is replaced soon',
    layer: 'patroni',
    needs: ['config'],
    check: ({ config: { ttlSeconds: ttl } }) =>
      ttl <= 60
        ? []
        : [
            {
              severity: 'warning',
              member: null,
              sentence: `ttl is ${ttl} s.`,
              risk: 'While the lease of a dead leader runs, nobody else may lead.',
              worstCase: `Up to ${seconds(ttl + 4)} without a leader when its machine dies.`,
              fix: dynamicFix('ttl: 30\nloop_wait: 10\nretry_timeout: 10'),
            },
          ],
  }),
  rule({
    rule: 'patroni-times-in-bounds',
    title: 'The times are not below what Patroni allows',
    layer: 'patroni',
    needs: ['config'],
    check: ({ config: { ttlSeconds, loopWaitSeconds, retryTimeoutSeconds } }) => {
      const low = [
        ...(ttlSeconds < 20 ? [`ttl is ${ttlSeconds} s (20 at least)`] : []),
        ...(loopWaitSeconds < 1 ? [`loop_wait is ${loopWaitSeconds} s (1 at least)`] : []),
        ...(retryTimeoutSeconds < 3 ? [`retry_timeout is ${retryTimeoutSeconds} s (3 at least)`] : []),
      ]
      if (low.length === 0) return []
      return [
        {
          severity: 'warning',
          member: null,
          sentence: `${low.join(', ')}.`,
          risk: 'A short stall of the network, a disk or etcd takes the lead away from a healthy member. Patroni from 3.2 on raises such a time in memory, so what is written does not hold.',
          worstCase: `A failover, with up to ${seconds(ttlSeconds + 4)} without a leader, for every stall of a few seconds.`,
          fix: dynamicFix('ttl: 30\nloop_wait: 10\nretry_timeout: 10'),
        },
      ]
    },
  }),
  rule({
    rule: 'patroni-start-timeout',
    title: 'A leader whose Postgres crashed is given up in time',
    layer: 'patroni',
    needs: ['config'],
    check: ({ config: { primaryStartTimeoutSeconds: timeout, ttlSeconds } }) =>
      timeout <= 300
        ? []
        : [
            {
              severity: 'warning',
              member: null,
              sentence: `primary_start_timeout is ${timeout} s.`,
              risk: 'When Postgres on the leader crashes, Patroni first tries to bring it back and keeps the lead so long, though a replica stands ready.',
              worstCase: `Up to ${seconds(timeout + ttlSeconds)} in which nothing can be written.`,
              fix: dynamicFix('primary_start_timeout: 300'),
            },
          ],
  }),
  rule({
    rule: 'patroni-stop-timeout',
    title: 'A leader that does not stop is given up in synchronous mode',
    layer: 'patroni',
    needs: ['config', 'dynamic'],
    check: ({ config, dynamic }) => {
      if (config.synchronousMode === false)
        return { notApplicable: 'primary_stop_timeout counts in synchronous mode only.' }
      if (dynamic.primaryStopTimeoutSeconds > 0) return []
      return [
        {
          severity: 'info',
          member: null,
          sentence: 'primary_stop_timeout is not set.',
          risk: 'A Postgres that hangs while it stops, at an archive_command that does not return for example, holds up a switchover for as long as it hangs.',
          worstCase: 'No writes, without an end that could be told.',
          fix: dynamicFix('primary_stop_timeout: 60'),
        },
      ]
    },
  }),
]
