import type { VerifyResult } from '#agent/protocol/results.ts'

/** Reads what pgBackRest's verify prints with `--output=text --verbose`; its exit code says nothing of what it found. */
export function readVerify(output: readonly string[]): VerifyResult | null {
  // Its log tells the same before, set in further.
  const lines = output.slice(
    Math.max(
      0,
      output.findLastIndex((line) => line.startsWith('stanza: ')),
    ),
  )
  const status = lines.map((line) => /^\s*status: (ok|error)\b/.exec(line)?.[1]).find((found) => found !== undefined)
  if (status === undefined) return null
  const archives: VerifyResult['archives'] = []
  const backups: VerifyResult['backups'] = []
  lines.forEach((line, at) => {
    const counts = countsOf(lines[at + 1] ?? '')
    const archive = archiveForm.exec(line)
    if (archive) {
      const [, archiveId = '', checked, valid] = archive
      archives.push({ archiveId, checked: Number(checked), valid: Number(valid), ...counts })
    }
    const backup = backupForm.exec(line)
    if (backup) {
      const [, label = '', state = '', checked, valid] = backup
      backups.push({ label, status: state, checked: Number(checked ?? 0), valid: Number(valid ?? 0), ...counts })
    }
  })
  const isWhole = [...archives, ...backups].every((one) => faultsOf(one) === 0)
  const isSound = status === 'ok' && isWhole && backups.every((one) => !/invalid|manifest/.test(one.status))
  return { isSound, archives, backups }
}

/** One sentence of all that verify found amiss. */
export function verifyProblem({ archives, backups }: VerifyResult): string {
  const bad = [
    ...backups
      .filter((one) => faultsOf(one) > 0 || /invalid|manifest/.test(one.status))
      .map((one) => `backup ${one.label} is ${one.status} (${wordsOf(one)})`),
    ...archives.filter((one) => faultsOf(one) > 0).map((one) => `archive ${one.archiveId}: ${wordsOf(one)}`),
  ]
  const [found, more] = [bad.slice(0, 5).join('; '), bad.length - 5]
  const what =
    found === '' ? 'verify calls the repository erroneous' : `${found}${more > 0 ? `; and ${more} more` : ''}`
  return `The repository is damaged: ${what}. Make a new full backup, and do not rely on these.`
}

type Faults = Pick<VerifyResult['archives'][number], 'missing' | 'checksumInvalid' | 'sizeInvalid' | 'other'>

const archiveForm = /^\s*archiveId: (\S+), total WAL checked: (\d+), total valid WAL: (\d+)/
const backupForm = /^\s*backup: (\S+), status: ([^,]+?)(?:, total files checked: (\d+), total valid files: (\d+))?\s*$/

function countsOf(line: string): Faults {
  const found = /^\s*missing: (\d+), checksum invalid: (\d+), size invalid: (\d+), other: (\d+)/.exec(line) ?? []
  const [, missing, checksumInvalid, sizeInvalid, other] = found.map(Number)
  return {
    missing: missing ?? 0,
    checksumInvalid: checksumInvalid ?? 0,
    sizeInvalid: sizeInvalid ?? 0,
    other: other ?? 0,
  }
}

function faultsOf({ missing, checksumInvalid, sizeInvalid, other }: Faults): number {
  return missing + checksumInvalid + sizeInvalid + other
}

function wordsOf(faults: Faults): string {
  const words = [
    [faults.missing, 'missing'],
    [faults.checksumInvalid, 'with a wrong checksum'],
    [faults.sizeInvalid, 'of a wrong size'],
    [faults.other, 'otherwise wrong'],
  ] as const
  const told = words.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`)
  return told.length === 0 ? 'no file counted' : told.join(', ')
}
