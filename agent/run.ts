import { readConfig } from '#agent/config/read-config.ts'
import { openKeys } from '#agent/keys/keys.ts'
import { keysMadeBy } from '#agent/keys/make-keys-apart.ts'
import { createLog } from '#agent/log.ts'
import { startAgent } from '#agent/server/start-agent.ts'
import { prepareStateFolder } from '#agent/state/state-folder.ts'
import { environmentOf } from '#agent/verbs/program.ts'
import { makeVerbs } from '#agent/verbs/make-verbs.ts'
import { agentVersion } from '#agent/version.ts'

/** `matriarch-agent run`: serves the console until it is told to stop. `program`: how this program is called again. */
export async function run(configFile: string, program: readonly string[]): Promise<void> {
  const log = createLog()
  const config = readConfig(configFile)
  await prepareStateFolder(config.stateFolder)
  const keys = await openKeys(config.stateFolder, config.node, keysMadeBy(program, environmentOf(config)))
  const verbs = await makeVerbs(config, log, { program, version: agentVersion })
  const agent = await startAgent({ config, keys, verbs, log, clock: Date.now })
  const enrolled = agent.state.enrolled?.enrolment
  const { agentId } = keys
  log.info(
    { ...config.listen, agentId, version: agentVersion, isEnrolled: enrolled !== undefined },
    'the agent listens',
  )
  if (enrolled?.locked) log.error(`This agent is locked since ${enrolled.locked.at}: ${enrolled.locked.sentence}`)

  let isStopping = false
  const stop = async (signal: string) => {
    if (isStopping) return
    isStopping = true
    log.info({ signal }, 'the agent stops')
    await agent.stop()
    await verbs.close()
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      stop(signal).catch((error: unknown) => {
        log.error({ error }, 'the agent did not stop cleanly')
        process.exitCode = 1
      })
    })
  }
}
