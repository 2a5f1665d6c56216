import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { env } from './env.ts'
import { LabError } from './failure.ts'
import { paths } from './paths.ts'

export type RepositoryKind = 'posix' | 's3'

/** What MATRIARCH_LAB_REPOSITORY may say, and the repositories that pgBackRest then has, the first as repo1. */
const choices: Record<string, readonly RepositoryKind[]> = {
  posix: ['posix'],
  s3: ['s3'],
  both: ['posix', 's3'],
}

/** The repositories of this lab, in pgBackRest's order. */
export function repositoryKinds(): readonly RepositoryKind[] {
  return choices[keptChoice() ?? env.repository ?? 'both'] ?? []
}

export function keepsInS3(): boolean {
  return repositoryKinds().includes('s3')
}

/** The choice is made with the lab: what was archived lies where it lies. */
export function settleRepositories(): void {
  if (keptChoice() === null) writeFileSync(paths.repositories(), env.repository ?? 'both')
}

export function refuseOtherRepositories(): void {
  const wish = env.repository
  if (wish === null) return
  if (!Object.hasOwn(choices, wish)) {
    throw new LabError(`MATRIARCH_LAB_REPOSITORY is "${wish}": say one of ${Object.keys(choices).join(', ')}.`)
  }
  const kept = keptChoice()
  if (kept !== null && kept !== wish) {
    throw new LabError(`This lab keeps its backups in "${kept}": run "npm run lab -- down" before "up".`)
  }
}

function keptChoice(): string | null {
  return existsSync(paths.repositories()) ? readFileSync(paths.repositories(), 'utf8') : null
}
