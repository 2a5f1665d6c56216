import { execFile } from 'node:child_process'
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { AppError } from '#server/errors.ts'
import { root } from './root.ts'

/** Builds the pages and the worker when they were never built or are older than their sources. */
export async function ensureBuilt(
  logFolder: string,
  say: (sentence: string) => void,
  signal: AbortSignal,
): Promise<void> {
  if (isBuilt(root)) return
  say('Building the pages; this takes a minute, once.')
  mkdirSync(logFolder, { recursive: true, mode: 0o700 })
  const logFile = join(logFolder, 'build.log')
  try {
    const { stdout, stderr } = await promisify(execFile)('bash', [join(root, 'tools', 'build.sh')], {
      cwd: root,
      signal,
      timeout: 600_000,
      maxBuffer: 64 * 1024 * 1024,
    })
    writeFileSync(logFile, stdout + stderr)
  } catch (cause) {
    writeFileSync(logFile, outputOf(cause))
    throw new AppError(
      'internal',
      `The pages could not be built: see ${logFile}. ${outputOf(cause).trim().split('\n').slice(-5).join('\n')}`,
      { cause },
    )
  }
}

/** True when the last build of a checkout is through and began after the last change of its sources. */
export function isBuilt(checkout: string): boolean {
  const begunAt = statSync(join(checkout, '.next', 'BUILD_BEGUN'), { throwIfNoEntry: false })?.mtimeMs ?? 0
  return begunAt > newest(sources.map((name) => join(checkout, name)))
}

const sources = [
  'app',
  'components',
  'domain',
  'server',
  'agent/protocol',
  'tools/build-worker.ts',
  'tools/console/end-with-parent.ts',
  'public',
  'prisma',
  'next.config.ts',
  'package-lock.json',
  'tsconfig.json',
]

function newest(paths: string[]): number {
  let newestMs = 0
  for (const path of paths) {
    const stat = statSync(path, { throwIfNoEntry: false })
    if (!stat) continue
    const mtimeMs = stat.isDirectory()
      ? newest(
          readdirSync(path)
            .filter(isSource)
            .map((name) => join(path, name)),
        )
      : stat.mtimeMs
    newestMs = Math.max(newestMs, mtimeMs)
  }
  return newestMs
}

function isSource(name: string): boolean {
  return name !== 'generated' && name !== 'fixtures' && !/\.test\.tsx?$/.test(name)
}

function outputOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const parts = ['stdout' in error ? error.stdout : '', 'stderr' in error ? error.stderr : '']
  return parts.join('') || error.message
}
