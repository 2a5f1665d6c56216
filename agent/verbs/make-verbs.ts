import { join } from 'node:path'
import type { AgentConfig } from '#agent/config/agent-config.ts'
import { type Jobs, openJobs } from '#agent/jobs/jobs.ts'
import type { Binding } from '#agent/protocol/signature.ts'
import { type VerbName, verbs } from '#agent/protocol/verbs.ts'
import { RefusedError } from '#agent/refused-error.ts'
import { answerCall, type CallSetting } from './answer-call.ts'
import { withArgs } from './checked-args.ts'
import { isConflict } from './conflicts.ts'
import { outerProgram } from './outer-program.ts'
import { ownProgram } from './own-program.ts'
import { pgbackrestPrograms } from './pgbackrest-programs.ts'
import { PauseRescue } from './pause-rescue.ts'
import { environmentOf } from './program.ts'
import { isPgbackrestVerb } from './routes.ts'
import type { Verbs } from './verbs.ts'

/** What is told of verbs as they are done. */
export interface Log {
  info: (fields: Record<string, unknown>, message: string) => void
}

/** Makes what an agent can do. `own.program`: how this program is called, with whatever says where its configuration is. */
export async function makeVerbs(
  config: AgentConfig,
  log: Log,
  own: { program?: readonly string[]; version?: string } = {},
): Promise<Verbs> {
  const program = own.program ?? ownProgram()
  const setting = { config, ownProgram: program, version: own.version ?? 'unknown' }
  const rescue = new PauseRescue(setting, log)
  const jobs = await openJobs({
    folder: join(config.stateFolder, 'jobs'),
    ownProgram: program,
    environment: environmentOf(config),
    isConflict,
    onEnded: (folder, standing) => rescue.look(folder, standing),
  })
  for (const job of jobs.running()) log.info(job, 'A job that was begun before still runs.')
  return {
    perform: async (name, args, binding) => {
      if (name === 'job-state') return stateOf(args, jobs)
      if (name === 'job-cancel') return cancel(args, jobs)
      // Refused here, before anything is journaled, and there once more.
      if (isPgbackrestVerb(name)) pgbackrestPrograms[name](args, config, null)
      if (verbs[name].form === 'call') return answerCall(name, args, setting)
      const job = await beginJob({ name, args, binding, jobs, setting })
      log.info(
        { verb: name, operation: binding.operation, step: binding.step, state: job.state },
        'A job was asked for.',
      )
      return job
    },
    running: jobs.running,
    close: async () => {
      rescue.close()
      await jobs.close()
    },
  }
}

const stateOf = withArgs(verbs['job-state'].args, ({ operation, step, from }, jobs: Jobs) =>
  jobs.state(operation, step, from),
)
const cancel = withArgs(verbs['job-cancel'].args, ({ operation, step }, jobs: Jobs) => jobs.cancel(operation, step))

interface Asked {
  name: VerbName
  args: unknown
  binding: Binding
  jobs: Jobs
  setting: CallSetting
}

function beginJob({ name, args, binding, jobs, setting: { config, ownProgram: own } }: Asked) {
  const program = outerProgram(name, config, own)
  if (program === null || binding.operation === null || binding.step === null) {
    throw new RefusedError('bad-request', `"${name}" is a job and needs an operation and a step that it belongs to.`)
  }
  return jobs.begin({
    operation: binding.operation,
    step: binding.step,
    verb: name,
    args,
    deadlineMs: verbs[name].deadlineMs,
    program,
    input: program.as === 'postgres' ? JSON.stringify(args) : null,
  })
}
