import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readCheckLines, readPlaywrightReport, readVitestReport } from './reports.ts'
import { behind } from './behind.ts'
import { runLogged } from './run-logged.ts'
import { judgedBy, type Tally } from './tally.ts'

export interface Stage {
  name: string
  /** Names of stages without whose success this one is not tried. */
  needs: string[]
  run: (logFolder: string) => Promise<Tally>
}

interface VitestStage {
  name: string
  projects: string[]
  timeoutMs: number
  needs?: string[]
  isBehind?: boolean
}

const bin = 'node_modules/.bin'

/** What comes before all else: it writes the pages and the Prisma client, which everything reads. */
export const first: Stage = command('build', ['bash', 'tools/build.sh'], 300_000)

/**
 * What runs beside each other after it, each line in its order. The cluster waits more than it works; what needs the processor
 * alone fills those pauses, at a lower priority, and its deadlines allow for that.
 */
export const lines: Stage[][] = [
  [
    command('lab-up', [`${bin}/tsx`, 'lab/cli.ts', 'up'], 180_000),
    vitest({ name: 'lab', projects: ['lab'], timeoutMs: 2_400_000, needs: ['build', 'lab-up'] }),
    // All on one console: each start of one takes ten seconds.
    playwright('e2e', 1_800_000),
  ],
  [
    {
      name: 'check',
      needs: [],
      run: async (logFolder) => {
        const logPath = join(logFolder, 'check.log')
        const argv = behind(['bash', 'tools/check.sh', 'static'])
        const code = await runLogged({ argv, logPath, timeoutMs: 600_000 })
        return judgedBy(code, readCheckLines(readFileSync(logPath, 'utf8')))
      },
    },
    vitest({ name: 'unit', projects: ['unit', 'web'], timeoutMs: 900_000, isBehind: true }),
    vitest({ name: 'db', projects: ['db'], timeoutMs: 2_400_000, isBehind: true }),
  ],
]

function command(name: string, argv: [string, ...string[]], timeoutMs: number): Stage {
  return {
    name,
    needs: [],
    run: async (logFolder) => {
      const code = await runLogged({ argv, logPath: join(logFolder, `${name}.log`), timeoutMs })
      return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
    },
  }
}

function vitest({ name, projects, timeoutMs, needs = [], isBehind = false }: VitestStage): Stage {
  return {
    name,
    needs,
    run: async (logFolder) => {
      const report = join(logFolder, `${name}.json`)
      const chosen = projects.flatMap((project) => ['--project', project])
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
      const argv: [string, ...string[]] = [`${bin}/vitest`, 'run', ...chosen, ...reporters]
      const code = await runLogged({
        argv: isBehind ? behind(argv) : argv,
        logPath: join(logFolder, `${name}.log`),
        timeoutMs,
        env: { NO_COLOR: '1' },
      })
      return judgedBy(code, readVitestReport(report))
    },
  }
}

function playwright(name: string, timeoutMs: number): Stage {
  return {
    name,
    needs: ['build', 'lab-up'],
    run: async (logFolder) => {
      const report = join(logFolder, `${name}.json`)
      const code = await runLogged({
        argv: [`${bin}/playwright`, 'test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json'],
        logPath: join(logFolder, `${name}.log`),
        timeoutMs,
        // Playwright takes a relative path from its configuration's folder.
        env: { PLAYWRIGHT_JSON_OUTPUT_NAME: resolve(report), NO_COLOR: '1', CI: 'true' },
      })
      return judgedBy(code, readPlaywrightReport(report))
    },
  }
}
