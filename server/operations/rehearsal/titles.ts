import type { RehearsalPlan } from '#domain/plan/rehearsal-plan.ts'

/** What an act of a rehearsal is called on the page. */
export function titleOf(act: string, plan: RehearsalPlan): string {
  const { leader, node, set, targetWords, check, extract, repository } = plan
  switch (act) {
    case 'preflight':
      return `Look at ${node} and its repository`
    case 'archive':
      return `Have ${leader} archive what it has not yet`
    case 'restore':
      return `Restore backup ${set} from repository ${repository} on ${node}, beside the running data`
    case 'recover':
      return `Recover it there to ${targetWords}`
    case 'inspect':
      return check === null
        ? 'See where it stopped and which tables are there'
        : 'See where it stopped and ask the check query'
    case 'amcheck':
      return 'Look through tables and indexes for damage'
    case 'extract':
      return `Take ${extractWords(extract)} out into a file`
    case 'destroy':
      return `Delete what was restored on ${node}`
    case 'call-off':
      return 'See that nothing is left'
    default:
      return 'Judge what was seen'
  }
}

function extractWords(extract: RehearsalPlan['extract']): string {
  if (extract === null) return 'nothing'
  const { schema, table, database } = extract
  return table === null ? `schema ${schema} of ${database}` : `${schema}.${table} of ${database}`
}
