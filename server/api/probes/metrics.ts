import { isAllowed } from '#domain/people/permission.ts'
import { allFamilies } from '#domain/prometheus/all-families.ts'
import { clusterSamples } from '#domain/prometheus/cluster-samples.ts'
import { consoleSamples, reachable } from '#domain/prometheus/console-samples.ts'
import { formatSamples } from '#domain/prometheus/exposition.ts'
import { sample, type FamilySample } from '#domain/prometheus/family.ts'
import type { FleetRow } from '#domain/fleet/view.ts'
import { AppError, isAppError } from '#server/errors.ts'
import { unknownSince } from '#server/store/alerts/count-alerts.ts'
import type { Store } from '#server/store/open.ts'
import { fleetRows } from '#server/store/snapshots.ts'
import { makeContext, type Services } from '../context.ts'
import { readableClusters } from '../readable.ts'
import { answerProblem } from '../rest/problem.ts'
import { readClusterSources } from './cluster-sources.ts'
import { readPulse } from './console-pulse.ts'

/** Prometheus text for whoever shows a token or session that may read clusters, of those alone; without the store only that it is gone. */
export async function answerMetrics(services: Services, request: Request): Promise<Response> {
  try {
    const caller = await makeContext(services, request.headers, null).identify()
    if (!caller || !isAllowed(caller.grants, 'clusters.read', 'anywhere')) {
      throw new AppError('unauthenticated', 'Metrics need a token: authorization: Bearer TOKEN.')
    }
    const { store } = services
    const rows = await fleetRows(store, await readableClusters(store, caller, 'clusters.read'))
    const pulse = consoleSamples(await readPulse(store, rows, new Date()), new Date())
    return text([...sample(reachable, {}, true), ...pulse, ...(await fleetSamples(store, rows))])
  } catch (error) {
    if (isAppError(error) && error.code === 'store-unreachable') return text(sample(reachable, {}, false))
    return answerProblem(error, services.log, '/api/metrics')
  }
}

// Two at a time: a scrape of a large fleet must not take every connection.
async function fleetSamples(store: Store, rows: readonly FleetRow[]): Promise<FamilySample[]> {
  const unknown = await unknownSince(store.pool)
  const found: FamilySample[] = []
  for (let from = 0; from < rows.length; from += 2) {
    const some = rows.slice(from, from + 2).map(async ({ clusterId }) => {
      // Each by its own clock: a large fleet takes some time to read.
      const now = new Date()
      const sources = await readClusterSources(store, { clusterId, unknownSince: unknown.get(clusterId) ?? null, now })
      return sources === null ? [] : clusterSamples(sources)
    })
    found.push(...(await Promise.all(some)).flat())
  }
  return found
}

function text(samples: readonly FamilySample[]): Response {
  return new Response(formatSamples(allFamilies, samples), {
    headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'cache-control': 'no-store' },
  })
}
