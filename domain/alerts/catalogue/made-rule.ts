import type { AlertRule } from '#domain/alerts/rule.ts'

type Given = Omit<AlertRule, 'parameters' | 'keepFiringSeconds' | 'labels' | 'runbook'> &
  Partial<Pick<AlertRule, 'parameters' | 'keepFiringSeconds' | 'labels'>> & { runbook: string }

/** A rule with what most have alike: no parameters, and two minutes of quiet before it resolves. */
export function madeRule(given: Given): AlertRule {
  return { parameters: {}, keepFiringSeconds: 120, labels: {}, ...given }
}

export const minute = 60
export const hour = 3600
