import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readCheckLines, readPlaywrightReport, readVitestReport } from './reports.ts'
import { runLogged } from './run-logged.ts'
import { judgedBy, type Tally } from './tally.ts'

export interface Stage {
  name: string
  /** Names of stages without whose success this one is not tried. */
  needs: string[]
  run: (logFolder: string) => Promise<Tally>
}

const bin = 'node_modules/.bin'

/** All that `npm test` runs, in order. */
export const stages: Stage[] = [
  {
    name: 'check',
    needs: [],
    run: async (logFolder) => {
      const logPath = join(logFolder, 'check.log')
      const code = await runLogged({ argv: ['bash', 'tools/check.sh', 'static'], logPath, timeoutMs: 180_000 })
      return judgedBy(code, readCheckLines(readFileSync(logPath, 'utf8')))
    },
  },
  vitest('unit', ['unit', 'web'], 300_000),
  vitest('db', ['db'], 900_000),
  command('build', ['bash', 'tools/build.sh'], 300_000),
  command('lab-up', [`${bin}/tsx`, 'lab/cli.ts', 'up'], 180_000),
  vitest('lab', ['lab'], 2_100_000, ['build', 'lab-up']),
  // Both on one console: each start of one takes ten seconds.
  playwright('e2e', ['e2e', 'axe'], 1_500_000),
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

function vitest(name: string, projects: string[], timeoutMs: number, needs: string[] = []): Stage {
  return {
    name,
    needs,
    run: async (logFolder) => {
      const report = join(logFolder, `${name}.json`)
      const chosen = projects.flatMap((project) => ['--project', project])
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
      const code = await runLogged({
        argv: [`${bin}/vitest`, 'run', ...chosen, ...reporters],
        logPath: join(logFolder, `${name}.log`),
        timeoutMs,
        env: { NO_COLOR: '1' },
      })
      return judgedBy(code, readVitestReport(report))
    },
  }
}

function playwright(name: string, projects: string[], timeoutMs: number): Stage {
  return {
    name,
    needs: ['build', 'lab-up'],
    run: async (logFolder) => {
      const report = join(logFolder, `${name}.json`)
      const code = await runLogged({
        argv: [
          `${bin}/playwright`,
          'test',
          '--config',
          'e2e/playwright.config.ts',
          ...projects.flatMap((project) => ['--project', project]),
          '--reporter=list,json',
        ],
        logPath: join(logFolder, `${name}.log`),
        timeoutMs,
        // Playwright takes a relative path from its configuration's folder.
        env: { PLAYWRIGHT_JSON_OUTPUT_NAME: resolve(report), NO_COLOR: '1', CI: 'true' },
      })
      return judgedBy(code, readPlaywrightReport(report))
    },
  }
}
