import type { Command } from 'commander'

/** Which records of the audit log; all where nothing is said. */
export interface AuditFilterOptions {
  cluster?: string
  actor?: string
  action?: string
  operation?: string
  outcome?: string
  breakGlass?: boolean
  since?: string
  until?: string
}

/** The options that leave records out, as the page and the REST interface have them. */
export function withAuditFilter(command: Command): Command {
  return command
    .option('--cluster <cluster>', 'of one cluster')
    .option('--actor <name>', 'by whose name holds this')
    .option('--action <action>', 'such as switchover.request, or clusters. for all of a kind')
    .option('--operation <id>', 'of one operation')
    .option('--outcome <outcome>', 'such as done, refused, failed')
    .option('--break-glass', 'only what one person did alone where a policy asks for two')
    .option('--since <time>', 'from then on, such as 2026-03-01T12:00:00Z')
    .option('--until <time>', 'before then')
}

/** The same as the console is asked for it. */
export function auditQuery(options: AuditFilterOptions): Record<string, string | undefined> {
  const { cluster, actor, action, operation, outcome, breakGlass, since, until } = options
  const only = breakGlass === true ? { breakGlass: 'true' } : {}
  return { cluster, actor, action, operation, outcome, ...only, since, until }
}
