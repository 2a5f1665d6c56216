import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isLabThere, takeLabDown } from './gate/lab-guard.ts'
import { readJson } from './gate/reports.ts'
import { failureLines, failuresIn } from './gate/failures.ts'
import { slowestLines, timesIn } from './gate/slowest.ts'
import { first, lines, type Stage } from './gate/stages.ts'
import { add, nothing, type Tally } from './gate/tally.ts'

const logFolder = '.state/test'
const bad = new Set<string>()
let isStopping = false

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    isStopping = true
  })
}

process.exitCode = await main()

async function main(): Promise<number> {
  rmSync(logFolder, { recursive: true, force: true })
  mkdirSync(logFolder, { recursive: true })
  const startedAt = Date.now()
  const wasThere = await isLabThere()
  let total = nothing
  total = add(total, await pass(first))
  for (const tally of await Promise.all(lines.map(inTurn))) total = add(total, tally)
  if (!wasThere) total = add(total, await takeLabDown(logFolder))
  tellSlowest()
  tellFailures()
  console.log(`${((Date.now() - startedAt) / 1000).toFixed(0)} s in all, logs in ${logFolder}`)
  console.log(`${total.passed} passed, ${total.failed} failed`)
  return total.failed === 0 ? 0 : 1
}

async function inTurn(line: readonly Stage[]): Promise<Tally> {
  let total = nothing
  for (const stage of line) total = add(total, await pass(stage))
  return total
}

async function pass(stage: Stage): Promise<Tally> {
  const missing = stage.needs.filter((name) => bad.has(name))
  if (isStopping || missing.length > 0) {
    console.log(`${stage.name.padEnd(8)} not run: ${isStopping ? 'stopped' : `${missing.join(', ')} failed`}`)
    return { passed: 0, failed: 1 }
  }
  const startedAt = Date.now()
  const tally = await stage.run(logFolder)
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
  console.log(`${stage.name.padEnd(8)} ${tally.passed} passed, ${tally.failed} failed in ${seconds} s`)
  if (tally.failed > 0) {
    bad.add(stage.name)
    showEndOf(join(logFolder, `${stage.name}.log`))
  }
  return tally
}

/** Ten on the screen, thirty in the logs: so that what grows is seen. */
function tellSlowest(): void {
  const times = lines.flat().flatMap(({ name }) => timesIn(name, readJson(join(logFolder, `${name}.json`))))
  const slowest = slowestLines(times, process.cwd(), 30)
  writeFileSync(join(logFolder, 'slowest.log'), `${slowest.join('\n')}\n`)
  console.log(`slowest  (30 in ${join(logFolder, 'slowest.log')})`)
  for (const line of slowest.slice(0, 10)) console.log(`    ${line}`)
}

/** All of them by name, near the end of what is printed: of a long output often nothing else is kept. */
function tellFailures(): void {
  const failures = lines.flat().flatMap(({ name }) => failuresIn(name, readJson(join(logFolder, `${name}.json`))))
  if (failures.length === 0) return
  console.log('failed')
  for (const line of failureLines(failures, process.cwd())) console.log(`    ${line}`)
}

function showEndOf(path: string): void {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
  for (const line of lines.slice(-60)) console.log(`    ${line}`)
}
