import { nodeNamed } from './names.ts'
import { LabError, UsageError } from './failure.ts'
import { isServiceVerb, patroniService, serviceVerbs } from './patroni-service.ts'
import { requireRoot } from './root.ts'

/*
 * Patroni's service on one node, for the agents of the lab: what systemctl is on a real machine.
 * `service.ts stop|start|mask|unmask|status NODE`; exit codes are systemctl's: 0 done or active, 1 failed, 3 inactive.
 */
const [verb = '', name = ''] = process.argv.slice(2)
try {
  requireRoot()
  if (!isServiceVerb(verb)) throw new UsageError(`Say one of ${serviceVerbs.join(', ')}, then a node.`)
  process.exitCode = await patroniService[verb](nodeNamed(name))
} catch (error) {
  if (!(error instanceof LabError || error instanceof UsageError)) throw error
  console.error(error.message)
  process.exitCode = error instanceof UsageError ? 2 : 1
}
