import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { notesFile } from '../e2e/long/notes-file.ts'
import { longCases, longReport } from './gate/long-report.ts'
import { runLogged } from './gate/run-logged.ts'

/*
 * Recoveries with a worker, an agent, a node or a repository struck at every point, for hours. Whoever wants some of
 * them says words of their names: `npm run test:long -- "worker killed at restore"`.
 */
const folder = '.state/long'
const hoursMs = 12 * 3_600_000

process.exitCode = await main(process.argv.slice(2).join(' '))

async function main(wish: string): Promise<number> {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const report = join(folder, 'vitest.json')
  const chosen = wish === '' ? [] : ['--testNamePattern', wish.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')]
  const logPath = join(folder, 'long.log')
  console.log(`The long tests run; what they do stands in ${logPath}.`)
  const code = await runLogged({
    argv: [
      'node_modules/.bin/vitest',
      'run',
      '--project',
      'long',
      ...chosen,
      '--reporter=verbose',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    logPath,
    timeoutMs: hoursMs,
    env: { NO_COLOR: '1' },
  })
  if (!existsSync(report)) {
    console.log(`They came to no report: see ${logPath}.`)
    console.log('0 passed, 1 failed')
    return 1
  }
  const cases = longCases(JSON.parse(readFileSync(report, 'utf8')), readNotes())
  writeFileSync(join(folder, 'report.json'), `${JSON.stringify(cases, null, 2)}\n`)
  writeFileSync(join(folder, 'report.md'), longReport(cases, new Date()))
  const passed = cases.filter(({ state }) => state === 'passed').length
  // None at all, or an end that no case tells of, is a failure too.
  const failed = Math.max(cases.length - passed, code === 0 && passed > 0 ? 0 : 1)
  console.log(`Report in ${join(folder, 'report.md')}`)
  console.log(`${passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}

function readNotes(): unknown[] {
  if (!existsSync(notesFile)) return []
  const lines = readFileSync(notesFile, 'utf8').split('\n').filter(Boolean)
  return lines.map((line): unknown => JSON.parse(line))
}
