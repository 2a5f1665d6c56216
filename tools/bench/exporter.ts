import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LabError } from '#lab/failure.ts'
import { freePort, listening } from '../testing/ports.ts'

const programs = ['/usr/bin/prometheus', '/usr/bin/prometheus-postgres-exporter']

/** postgres_exporter on one Postgres and a Prometheus that scrapes it, both as the distribution has them. */
export interface Exporting extends AsyncDisposable {
  exporter: number
  prometheus: number
  version: string
  /** Scrapes so far that the exporter answered, and the samples of the newest. */
  scrapes(): Promise<{ answered: number; samples: number }>
}

/** Installs the two when they are missing; throws LabError where they cannot be. */
export function installExporter(): void {
  if (programs.every((program) => existsSync(program))) return
  const script = fileURLToPath(new URL('../bootstrap.sh', import.meta.url))
  try {
    execFileSync('bash', [script, 'bench-packages'], { stdio: ['ignore', 2, 2], timeout: 600_000 })
  } catch (error) {
    const sentence = `This bench needs the packages prometheus and prometheus-postgres-exporter, and they could not be installed: see above.`
    throw new LabError(sentence, { cause: error })
  }
}

/** Starts both; they are gone with what they kept at the end of the `await using` block. */
export async function startExporting(postgresPort: number, intervalMs: number): Promise<Exporting> {
  const folder = mkdtempSync(join(tmpdir(), 'matriarch-prometheus-'))
  const [exporterPort, prometheusPort] = [await freePort(), await freePort()]
  const children: ChildProcess[] = []
  const start = async (program: string, port: number, words: string[], env: Record<string, string> = {}) => {
    const child = spawn(program, words, { stdio: 'ignore', env: { ...process.env, ...env } })
    children.push(child)
    await listening(port, program)
    return child.pid ?? 0
  }
  const stop = async () => {
    const ended = children.map((child) => new Promise((resolve) => child.once('exit', resolve)))
    for (const child of children) child.kill('SIGKILL')
    await Promise.all(ended)
    rmSync(folder, { recursive: true, force: true })
  }
  const config = join(folder, 'prometheus.json')
  const targets = [{ targets: [`127.0.0.1:${exporterPort}`] }]
  const scrape = { job_name: 'postgres', scrape_interval: `${intervalMs}ms`, scrape_timeout: `${intervalMs}ms` }
  writeFileSync(config, JSON.stringify({ scrape_configs: [{ ...scrape, static_configs: targets }] }))
  try {
    const from = `postgresql://exporter@127.0.0.1:${postgresPort}/postgres?sslmode=disable`
    const atExporter = [
      `--web.listen-address=127.0.0.1:${exporterPort}`,
      '--log.level=error',
      '--no-collector.database',
    ]
    const exporter = await start(programs[1] ?? '', exporterPort, atExporter, { DATA_SOURCE_NAME: from })
    const places = [`--config.file=${config}`, `--storage.tsdb.path=${join(folder, 'data')}`]
    const atPrometheus = [...places, `--web.listen-address=127.0.0.1:${prometheusPort}`, '--log.level=error']
    const prometheus = await start(programs[0] ?? '', prometheusPort, atPrometheus)
    const query = (text: string) => ask(prometheusPort, text)
    return {
      exporter,
      prometheus,
      version: versions(),
      scrapes: async () => ({
        answered: await query('sum(sum_over_time(pg_up[2h]))'),
        samples: await query('scrape_samples_scraped'),
      }),
      [Symbol.asyncDispose]: stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

async function ask(port: number, query: string): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(query)}`)
  const answer = (await response.json()) as { data?: { result?: { value?: [number, string] }[] } }
  return Number(answer.data?.result?.[0]?.value?.[1] ?? 0)
}

function versions(): string {
  const words = ['-W', '-f', '${Package} ${Version}, ', 'prometheus', 'prometheus-postgres-exporter']
  return execFileSync('dpkg-query', words, { encoding: 'utf8' }).replace(/, $/, '')
}
