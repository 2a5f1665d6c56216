import { vetoedVerbs } from '#agent/config/veto-families.ts'
import { verbs } from '#agent/protocol/verbs.ts'
import { withArgs } from './checked-args.ts'
import { clientsState, fenceClients, releaseClients } from './clients.ts'
import { discard, moveAside, putBack } from './data-folder.ts'
import { seeKept } from './data-kept.ts'
import { gatherFacts } from './facts.ts'
import { tailLog } from './log-tail.ts'
import type { Machine } from './machine.ts'
import { markWal } from './mark-wal.ts'
import { commandPooler } from './pooler-command.ts'
import { pausePooler } from './pooler-pause.ts'
import { requirePlace } from './postgres-place.ts'
import { promote } from './promote.ts'
import { readControlData, stopPostgres } from './postgres-programs.ts'
import { recoverStart } from './recover-start.ts'
import { recoveryStatus } from './recovery-status.ts'
import { retarget } from './retarget.ts'
import { rehearsalAmcheck } from './rehearsal-amcheck.ts'
import { rehearsalDiscard } from './rehearsal-discard.ts'
import { rehearsalDump } from './rehearsal-dump.ts'
import { rehearsalFetch } from './rehearsal-fetch.ts'
import { rehearsalRestore } from './rehearsal-restore.ts'
import { rehearsalStart } from './rehearsal-start.ts'
import { rehearsalStatus } from './rehearsal-status.ts'
import type { MachineVerb } from './routes.ts'
import { runQuery } from './run-query.ts'
import { seeTables } from './see-tables.ts'
import { walCommits } from './wal-commits.ts'
import { walCount } from './wal-count.ts'

export type MachineDoer = (raw: unknown, machine: Machine) => Promise<unknown>

/** What the Postgres user does itself, without a program that does all of it. */
export const machineVerbs: Partial<Record<MachineVerb, MachineDoer>> = {
  facts: withArgs(verbs.facts.args, async (args, machine) => {
    const [seen, clients, kept] = await Promise.all([
      gatherFacts(machine, args),
      args.withClients ? ifTold(machine, 'clients-state', () => clientsState(machine)) : undefined,
      args.withKept ? ifTold(machine, 'data-kept', () => seeKept(machine.config)) : undefined,
    ])
    return { ...seen, ...(clients === undefined ? {} : { clients }), ...(kept === undefined ? {} : { kept }) }
  }),
  'log-tail': withArgs(verbs['log-tail'].args, (args, machine) => tailLog(machine.config, args)),
  'postgres-recover-start': withArgs(verbs['postgres-recover-start'].args, (args, machine) =>
    recoverStart(machine, args),
  ),
  'postgres-recovery-status': withArgs(
    verbs['postgres-recovery-status'].args,
    async ({ withControl = false }, machine) => {
      const status = await recoveryStatus(machine)
      // After it: where no Postgres runs, this is how it was left.
      if (!withControl) return status
      return { ...status, control: await ifTold(machine, 'postgres-controldata', () => readControlData(machine)) }
    },
  ),
  'postgres-stop': withArgs(verbs['postgres-stop'].args, async ({ mode }, machine) =>
    tell(machine, await stopPostgres(machine, mode)),
  ),
  'postgres-controldata': withArgs(verbs['postgres-controldata'].args, (_, machine) => readControlData(machine)),
  'clients-state': withArgs(verbs['clients-state'].args, (_, machine) => clientsState(machine)),
  'clients-fence': withArgs(verbs['clients-fence'].args, (_, machine) => fenceClients(machine)),
  'clients-release': withArgs(verbs['clients-release'].args, (args, machine) =>
    releaseClients(machine, args.databases),
  ),
  'pooler-pause': withArgs(verbs['pooler-pause'].args, (args, machine) => pausePooler(machine, args)),
  'pooler-command': withArgs(verbs['pooler-command'].args, (args, machine) => commandPooler(machine, args)),
  'postgres-mark-wal': withArgs(verbs['postgres-mark-wal'].args, (_, machine) => markWal(machine)),
  'postgres-promote': withArgs(verbs['postgres-promote'].args, (_, machine) => promote(machine)),
  'postgres-retarget': withArgs(verbs['postgres-retarget'].args, async (args, machine) =>
    tell(machine, await retarget(machine.config.postgres.dataFolder, args)),
  ),
  'postgres-query': withArgs(verbs['postgres-query'].args, async ({ rehearsal, ...asked }, machine) =>
    runQuery(machine, await requirePlace(machine.config, rehearsal), asked),
  ),
  'postgres-tables': withArgs(verbs['postgres-tables'].args, async ({ rehearsal }, machine) =>
    seeTables(machine, await requirePlace(machine.config, rehearsal)),
  ),
  'wal-commits': withArgs(verbs['wal-commits'].args, (args, machine) => walCommits(machine, args)),
  'wal-count': withArgs(verbs['wal-count'].args, (args, machine) => walCount(machine, args)),
  'data-kept': withArgs(verbs['data-kept'].args, (_, machine) => seeKept(machine.config)),
  'data-move-aside': withArgs(verbs['data-move-aside'].args, async (args, machine) =>
    tell(machine, await moveAside({ ...args, dataFolder: machine.config.postgres.dataFolder })),
  ),
  'data-put-back': withArgs(verbs['data-put-back'].args, async (args, machine) =>
    tell(machine, await putBack({ ...args, dataFolder: machine.config.postgres.dataFolder })),
  ),
  'data-discard': withArgs(verbs['data-discard'].args, async (args, machine) =>
    tell(machine, await discard({ ...args, dataFolder: machine.config.postgres.dataFolder })),
  ),
  'rehearsal-restore': withArgs(verbs['rehearsal-restore'].args, (args, machine) => rehearsalRestore(machine, args)),
  'rehearsal-start': withArgs(verbs['rehearsal-start'].args, (args, machine) => rehearsalStart(machine, args)),
  'rehearsal-status': withArgs(verbs['rehearsal-status'].args, ({ name }, machine) => rehearsalStatus(machine, name)),
  'rehearsal-amcheck': withArgs(verbs['rehearsal-amcheck'].args, ({ name }, machine) =>
    rehearsalAmcheck(machine, name),
  ),
  'rehearsal-dump': withArgs(verbs['rehearsal-dump'].args, (args, machine) => rehearsalDump(machine, args)),
  'rehearsal-fetch': withArgs(verbs['rehearsal-fetch'].args, (args, machine) => rehearsalFetch(machine, args)),
  'rehearsal-discard': withArgs(verbs['rehearsal-discard'].args, async (args, machine) =>
    tell(machine, await rehearsalDiscard(machine, args)),
  ),
}

/** What another verb answers; null where it fails, or the node forbids that verb. */
async function ifTold<T>({ config }: Machine, verb: MachineVerb, look: () => Promise<T>): Promise<T | null> {
  if (vetoedVerbs(config.vetoed).includes(verb)) return null
  return look().catch(() => null)
}

function tell(machine: Machine, sentence: string): null {
  machine.say(sentence)
  return null
}
