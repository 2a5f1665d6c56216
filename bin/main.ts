import { Command, CommanderError } from 'commander'
import { addAgentCommands } from './commands/agents.ts'
import { addAlertCommands } from './commands/alerts.ts'
import { addApprovalCommands } from './commands/approvals.ts'
import { addAuditCommands } from './commands/audit.ts'
import { addBackendCommands } from './commands/backends.ts'
import { addBackupCommand } from './commands/backup.ts'
import { addBackupsCommand } from './commands/backups.ts'
import { addCallCommand } from './commands/call.ts'
import { addChannelCommands } from './commands/channels.ts'
import { addClusterCommands } from './commands/clusters.ts'
import { addDecideCommand } from './commands/decide.ts'
import { addEventsCommand } from './commands/events.ts'
import { addIdentityCommands } from './commands/identities.ts'
import { addIncidentCommands } from './commands/incidents.ts'
import { addFactorCommands } from './commands/factors.ts'
import { addFailoverCommand } from './commands/failover.ts'
import { addHaproxyCommands } from './commands/haproxy.ts'
import { addMaintenanceCommands } from './commands/maintenance.ts'
import { addOperationCommands } from './commands/operations.ts'
import { addPoolerCommands } from './commands/pooler.ts'
import { addRehearseCommand } from './commands/rehearse.ts'
import { addReinitialiseCommand } from './commands/reinitialise.ts'
import { addReleaseCommand } from './commands/release.ts'
import { addRestoreCommand } from './commands/restore.ts'
import { addRestoresCommands } from './commands/restores.ts'
import { addScheduleCommand } from './commands/schedule.ts'
import { addShareCommands } from './commands/shares.ts'
import { addAvailabilityCommand } from './commands/availability.ts'
import { addSessionCommands } from './commands/sessions.ts'
import { addSwitchoverCommand } from './commands/switchover.ts'
import { addTokenCommands } from './commands/tokens.ts'
import { addUserCommands } from './commands/users.ts'
import { exitCodeOf, exitCodes, sayFailure, type Exit } from './exit.ts'

/** Runs one command line and resolves with its exit code. */
export async function run(args: string[]): Promise<number> {
  const exit: Exit = { code: exitCodes.done }
  const program = new Command('matriarch')
    .description('Console of PostgreSQL clusters kept highly available by Patroni, over its REST interface.')
    .addHelpText('after', environmentHelp)
    .exitOverride()
  addTokenCommands(program)
  addClusterCommands(program, exit)
  addEventsCommand(program)
  addSwitchoverCommand(program, exit)
  addFailoverCommand(program, exit)
  addBackupCommand(program, exit)
  addRestoreCommand(program, exit)
  addRestoresCommands(program)
  addRehearseCommand(program, exit)
  addReinitialiseCommand(program, exit)
  addReleaseCommand(program, exit)
  addBackendCommands(program, exit)
  addPoolerCommands(program, exit)
  addHaproxyCommands(program, exit)
  addOperationCommands(program)
  addDecideCommand(program, exit)
  addApprovalCommands(program, exit)
  addAgentCommands(program)
  addBackupsCommand(program, exit)
  addScheduleCommand(program)
  addAlertCommands(program)
  addIncidentCommands(program)
  addMaintenanceCommands(program)
  addAvailabilityCommand(program)
  addShareCommands(program)
  addChannelCommands(program, exit)
  addAuditCommands(program, exit)
  addUserCommands(program)
  addSessionCommands(program)
  addFactorCommands(program)
  addIdentityCommands(program)
  addCallCommand(program)
  try {
    await program.parseAsync(args, { from: 'user' })
    return exit.code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage
    sayFailure(error)
    return exitCodeOf(error)
  }
}

const environmentHelp = `
Environment:
  MATRIARCH_URL    the console, http://127.0.0.1:4400 if not set
  MATRIARCH_TOKEN  a token of that console (make the first one with: matriarch tokens create)

Exit codes:
  0 done   1 failed   2 usage   3 refused   4 outcome unknown

Every verb takes --json: one JSON value on stdout, messages on stderr.`
