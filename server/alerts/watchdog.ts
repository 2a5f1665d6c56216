import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { advance } from '#domain/alerts/advance.ts'
import type { KeptAlert } from '#domain/alerts/alert.ts'
import { standStill } from '#domain/alerts/catalogue/console-rules.ts'
import { judgeRules } from '#domain/alerts/judge-rules.ts'
import { inForce, loadRule } from '#domain/alerts/load-rule.ts'
import { readBeats, type AlertBeat } from '#server/store/alerts/beats.ts'
import { liveAlertsOfRule, takeWatch } from '#server/store/alerts/watch.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import { keepIn, type ChangesListener } from './keep-moves.ts'

/**
 * Looks whether the alerts of every cluster are looked at, whoever should; where they were not for a minute, that is an alert of its own,
 * and it resolves once they are again for two minutes. Of several workers one at a time does it.
 */
export async function watchOverAlerts(store: Store, onChanges: ChangesListener | null, now: Date): Promise<void> {
  await inTransaction(store, async (tx) => {
    if (!(await takeWatch(tx))) return
    const live = await liveAlertsOfRule(tx, standStill.id)
    for (const beat of await readBeats(tx)) {
      const own = live.filter(({ clusterId }) => clusterId === beat.clusterId)
      await watchOver(tx, { beat, live: own, onChanges, now })
    }
  })
}

async function watchOver(
  tx: pg.PoolClient,
  {
    beat: { clusterId, clusterName, silentSeconds },
    live,
    onChanges,
    now,
  }: { beat: AlertBeat; live: KeptAlert[]; onChanges: ChangesListener | null; now: Date },
): Promise<void> {
  const cluster = { clusterId, clusterName }
  const facts = { unknownSeconds: silentSeconds }
  const { standing, moves } = advance({
    standing: { live, ended: [] },
    judgements: judgeRules([rule], [{ scope: 'console', subject: clusterName, member: null, facts }]),
    isGone: () => true,
    isInForce: () => true,
    cluster,
    newId: randomUUID,
    now,
  })
  // Since when it is quiet is all that the next watch, which knows only what was kept, needs to end it.
  const news = moves.filter(
    ({ kind, alert }) =>
      kind !== 'told' ||
      live.some(({ id, quietSince }) => id === alert.id && !isSameMoment(quietSince, alert.quietSince)),
  )
  if (news.length > 0) {
    await keepIn(tx, {
      cluster,
      moves: news,
      live: standing.live,
      ownPools: new Set(),
      newId: randomUUID,
      now,
      onChanges,
    })
  }
}

function isSameMoment(one: Date | null, other: Date | null): boolean {
  return one?.getTime() === other?.getTime()
}

const rule = inForce(loadRule(standStill), undefined)
