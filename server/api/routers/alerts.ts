import type { RuleTrial } from '#server/alerts/try-rule.ts'
import { listAlertsOf, type ListedAlerts } from '../alerts/list.ts'
import { listRules, setRule, tryChangedRule, type ShownRule } from '../alerts/rules.ts'
import { ofCluster } from '../inputs/agents.ts'
import { alertList, ruleChange } from '../inputs/alerts.ts'
import { reason } from '../inputs/fields.ts'
import { command, query, router } from '../trpc.ts'
import { clusterIn, clusterOrAll } from '../concern.ts'

export const alertsRouter = router({
  list: query({ permission: 'alerts.read', concern: clusterOrAll })
    .input(alertList)
    .query(async ({ ctx, input }): Promise<ListedAlerts> =>
      listAlertsOf(ctx.services.store, { ...input, clusterIds: await ctx.readable() }),
    ),

  rules: query({ permission: 'alerts.read', concern: clusterIn() })
    .input(ofCluster)
    .query(({ ctx, input }): Promise<ShownRule[]> => listRules(ctx.services.store, input.cluster)),

  /** What a rule would have done within the last week if it had been so. */
  tryRule: query({ permission: 'alerts.read', concern: clusterIn() })
    .input(ruleChange)
    .query(({ ctx, input }): Promise<RuleTrial> => tryChangedRule(ctx.services.store, input)),

  setRule: command({ permission: 'alerts.manage', concern: clusterIn(), audit: 'alerts.setRule' })
    .input(ruleChange.extend({ reason }))
    .mutation(({ ctx, input }): Promise<ShownRule[]> => setRule(ctx, input)),
})
