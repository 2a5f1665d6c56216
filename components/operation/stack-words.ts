import type { PoolerAct } from '#domain/plan/pooler-plan.ts'
import type { StackPlan } from '#domain/plan/plan.ts'

const kinds: readonly string[] = [
  'signal-backend',
  'haproxy-command',
  'pooler-command',
  'pooler-pause',
] satisfies StackPlan['kind'][]

/** A plan that acts on a layer around the cluster. */
export function isStackPlan(plan: { kind: string }): plan is StackPlan {
  return kinds.includes(plan.kind)
}

/** The whole act as its button names it: "Drain pg-node-2 in replicas". */
export function stackName(plan: StackPlan): string {
  switch (plan.kind) {
    case 'signal-backend':
      return plan.act === 'cancel' ? `Cancel the statement of pid ${plan.pid}` : `Terminate pid ${plan.pid}`
    case 'haproxy-command':
      return plan.act === 'drain'
        ? `Drain ${plan.server} in ${plan.proxy}`
        : `Take ${plan.server} back into ${plan.proxy}`
    case 'pooler-pause':
    case 'pooler-command':
      return `${poolerVerbs[plan.act].name} ${plan.aim}`
  }
}

/** The act while it is under way: "Draining pg-node-2 in replicas". */
export function stackDoing(plan: StackPlan): string {
  switch (plan.kind) {
    case 'signal-backend':
      return `${plan.act === 'cancel' ? 'Cancelling the statement of' : 'Terminating'} ${plan.aim}`
    case 'haproxy-command':
      return plan.act === 'drain'
        ? `Draining ${plan.server} in ${plan.proxy}`
        : `Taking ${plan.server} back into ${plan.proxy}`
    case 'pooler-pause':
    case 'pooler-command':
      return `${poolerVerbs[plan.act].doing} ${plan.aim}`
  }
}

/** Each act on a pooler as its button names it, and while it is under way. */
export const poolerVerbs = {
  pause: { name: 'Pause', doing: 'Pausing' },
  resume: { name: 'Resume', doing: 'Resuming' },
  reconnect: { name: 'Reconnect', doing: 'Reconnecting' },
  reload: { name: 'Reload', doing: 'Reloading' },
  disable: { name: 'Disable', doing: 'Disabling' },
  enable: { name: 'Enable', doing: 'Enabling' },
  kill: { name: 'Kill clients of', doing: 'Killing clients of' },
} as const satisfies Record<PoolerAct, { name: string; doing: string }>
