import { appendFileSync } from 'node:fs'
import { createLog } from '#server/log.ts'
import { openStore } from '#server/store/open.ts'
import { AppError } from '#server/errors.ts'
import { debugPointAt } from '../engine/debug-point.ts'
import type { StepContext } from '../define.ts'
import { launchEngine } from '../engine/engine.ts'
import type { OperationSurroundings } from '../engine/surroundings.ts'
import { Heartbeat } from '../engine/heartbeat.ts'
import { restore } from '../restore/definition.ts'
import { noteRestore } from '../restore/facts.ts'
import { startUnderName } from '../engine/take-name.ts'
import { identifySelf } from '../engine/worker-identity.ts'
import { noAccess } from './no-access.ts'

// A worker with the real engine and the real course of a recovery, whose acts but for deciding only leave a line in a file.
const [url = '', file = '', id = 'worker', killAt = '', failing = ''] = process.argv.slice(2)
for (const [name, act] of Object.entries(restore.acts)) {
  if (name === 'decide') continue
  act.run = async (context: StepContext) => {
    const { step } = context.binding
    if (name === 'mask') noteRestore(context, { touchedAt: new Date() })
    if (name === 'open') noteRestore(context, { isPublished: true })
    appendFileSync(file, `${step}\n`)
    if (step === failing) throw new AppError('unreachable', `${step} was to fail.`)
    return Promise.resolve({ kind: 'done' as const, detail: `${step} is done.` })
  }
}
const log = createLog('worker')
const store = openStore(url, { max: 5 })
const self = identifySelf(id)
await startUnderName(store, self)
const stop = new AbortController()
const onFenced = () => process.exit(3)
void new Heartbeat({ store, self, log }).run(onFenced, stop.signal)
const surroundings: OperationSurroundings = {
  store,
  worker: self,
  accessTo: () => Promise.resolve(noAccess),
  log,
  now: () => new Date(),
  debugPoint: debugPointAt(killAt === '' ? null : killAt),
  onFenced,
}
// Nothing tells this one what is asked for: it looks often.
await launchEngine(surroundings, { pollMs: 3_000, ownPollMs: 1_000 })
process.stdout.write('the worker works\n')
