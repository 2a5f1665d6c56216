import { ageRow } from '#domain/aged-row.ts'
import { isStale } from '#domain/staleness.ts'
import { verdictOrder } from '#domain/verdict.ts'
import { isAllowed } from '#domain/permission.ts'
import type { Snapshot } from '#domain/snapshot.ts'
import type { FleetRow } from '#domain/view.ts'
import { AppError } from '#server/errors.ts'
import { fleetRows, latestSnapshot } from '#server/store/snapshots.ts'
import type { Store } from '#server/store/open.ts'
import { makeContext, type Services } from '../context.ts'
import { isAppError } from '#server/errors.ts'
import { answerProblem } from '../rest/problem.ts'
import { formatMetrics, type Metric } from './exposition.ts'
import { countLiveWorkers } from './workers.ts'

/** Prometheus text for whoever shows a token or session that may read clusters; without the store only that it is gone. */
export async function answerMetrics(services: Services, request: Request): Promise<Response> {
  try {
    const caller = await makeContext(services, request.headers, null).identify()
    if (!caller || !isAllowed(caller.role, 'clusters.read')) {
      throw new AppError('unauthenticated', 'Metrics need a token: authorization: Bearer TOKEN.')
    }
    const rows = await fleetRows(services.store)
    const workers = await countLiveWorkers(services.store)
    return text([...consoleMetrics(true, workers), ...fleetMetrics(rows, await newestSnapshots(services.store, rows))])
  } catch (error) {
    if (isAppError(error) && error.code === 'store-unreachable') return text(consoleMetrics(false, null))
    return answerProblem(error, services.log)
  }
}

function consoleMetrics(isStoreReachable: boolean, workers: number | null): Metric[] {
  const metrics: Metric[] = [
    {
      name: 'matriarch_store_reachable',
      help: 'Whether the console reaches its own store.',
      samples: [{ labels: {}, value: isStoreReachable ? 1 : 0 }],
    },
  ]
  if (workers !== null) {
    metrics.push({
      name: 'matriarch_workers_live',
      help: 'Workers that gave a sign of life within 10 s.',
      samples: [{ labels: {}, value: workers }],
    })
  }
  return metrics
}

function fleetMetrics(rows: FleetRow[], snapshots: Snapshot[]): Metric[] {
  const now = new Date()
  const age = (at: Date) => (now.getTime() - at.getTime()) / 1000
  const levels = rows.map((row) => ageRow(row, now).level)
  // Of a cluster that nobody looks at any more no value may pass for one of now: an absent one can be alerted on.
  const current = snapshots.filter(({ takenAt }) => !isStale(takenAt, now))
  return [
    {
      name: 'matriarch_clusters',
      help: 'Clusters by verdict.',
      samples: verdictOrder.map((verdict) => ({
        labels: { verdict },
        value: levels.filter((level) => level === verdict).length,
      })),
    },
    {
      name: 'matriarch_cluster_view_age_seconds',
      help: 'Age of the newest view of a cluster.',
      samples: rows.flatMap(({ name: cluster, seenAt }) =>
        seenAt ? [{ labels: { cluster }, value: age(seenAt) }] : [],
      ),
    },
    {
      name: 'matriarch_cluster_has_leader',
      help: 'Whether a member holds the leader key.',
      samples: current.map(({ clusterName: cluster, leader }) => ({ labels: { cluster }, value: leader ? 1 : 0 })),
    },
    {
      name: 'matriarch_member_replay_lag_bytes',
      help: 'Bytes a member has still to replay.',
      samples: eachMember(current, ({ replayLag }) => (typeof replayLag === 'number' ? replayLag : null)),
    },
    {
      name: 'matriarch_member_receive_lag_bytes',
      help: 'Bytes a member has still to receive.',
      samples: eachMember(current, ({ receiveLag }) => (typeof receiveLag === 'number' ? receiveLag : null)),
    },
    {
      name: 'matriarch_member_seen_age_seconds',
      help: 'Time since the Patroni of a member last answered.',
      samples: eachMember(snapshots, ({ seenAt }) => (seenAt ? age(seenAt) : null)),
    },
  ]
}

function eachMember(snapshots: Snapshot[], valueOf: (member: Snapshot['members'][number]) => number | null) {
  return snapshots.flatMap(({ clusterName: cluster, members }) =>
    members.flatMap((member) => {
      const value = valueOf(member)
      return value === null ? [] : [{ labels: { cluster, member: member.name, role: member.role }, value }]
    }),
  )
}

// A few at a time: a scrape of a large fleet must not take every connection.
async function newestSnapshots(store: Store, rows: FleetRow[]): Promise<Snapshot[]> {
  const found: Snapshot[] = []
  for (let from = 0; from < rows.length; from += 4) {
    const some = await Promise.all(rows.slice(from, from + 4).map((row) => latestSnapshot(store, row.clusterId)))
    found.push(...some.filter((snapshot) => snapshot !== null))
  }
  return found
}

function text(metrics: Metric[]): Response {
  return new Response(formatMetrics(metrics), {
    headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'cache-control': 'no-store' },
  })
}
