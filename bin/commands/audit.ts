import type { Command } from 'commander'
import type { ExportProof } from '#domain/audit-chain/check-export.ts'
import type { AuditRecord } from '#domain/fleet/view.ts'
import { get } from '../api.ts'
import { UsageError } from '../api-problem.ts'
import { type AuditFilterOptions, auditQuery, withAuditFilter } from '../audit-filter.ts'
import { exitCodes, type Exit } from '../exit.ts'
import { proveExport } from '../prove-export.ts'
import { saveStream } from '../save-file.ts'
import { moment, printJson, printLines, printTable } from '../print.ts'

interface ListOptions extends AuditFilterOptions {
  limit: string
  json?: boolean
}

interface ExportOptions extends AuditFilterOptions {
  to: string
  csv?: boolean
}

interface Witness {
  name: string
  seq: number
  keptAt: Date
  problem: string | null
}

interface VerifyOptions {
  file?: string
  witness: string[]
  key?: string
  json?: boolean
}

type WholeExport = Extract<ExportProof, { ok: true }>

type Proof =
  | { ok: true; records: number; head: string; checkpoints: number; witnesses: Witness[]; gone: string[] }
  | { ok: false; firstBad: number; sentence: string }

/** `audit list|export|verify`. */
export function addAuditCommands(program: Command, exit: Exit): void {
  const audit = program.command('audit').description('who did what, when and why')
  withAuditFilter(audit.command('list').description('records, newest first'))
    .option('--limit <number>', 'how many at most', '100')
    .option('--json', 'print an array of records')
    .action(async ({ json, limit, ...filter }: ListOptions) => {
      const { records } = await get<{ records: AuditRecord[] }>('/audit', { ...auditQuery(filter), limit })
      if (json) printJson(records)
      else {
        printTable(
          ['seq', 'at', 'who', 'act', 'target', 'outcome', 'reason'],
          records.map(({ seq, at, actor, action, target, outcome, reason }) => [
            String(seq),
            moment(at),
            actor.name,
            action,
            target,
            outcome,
            reason ?? '',
          ]),
        )
      }
    })
  audit
    .command('verify')
    .description('prove that no record was changed, removed or put in; exit code 1 where one was')
    .option('--file <file>', 'an export, proven here without the console')
    .option(
      '--witness <file>',
      'with --file: what a node kept (matriarch-agent checkpoints); may be repeated',
      addTo,
      [],
    )
    .option('--key <key>', "with --file: the workers' public key or its fingerprint SHA256:…, as noted down earlier")
    .option('--json', 'print {ok, records, head, …} or {ok, firstBad, sentence}')
    .action(async ({ file, witness, key, json }: VerifyOptions) => {
      if (file !== undefined) {
        const proof = await proveExport(file, { witnesses: witness, publicKey: key ?? null })
        if (!proof.ok) exit.code = exitCodes.failed
        if (json) printJson(proof)
        else
          printLines(proof.ok ? [`${wholeChain(proof)} ${heldAgainst(proof)}`, ...keyLines(proof)] : [proof.sentence])
        return
      }
      if (witness.length > 0 || key !== undefined)
        throw new UsageError('--witness and --key go with an export: name it with --file.')
      const proof = await get<Proof>('/audit/verify')
      if (!proof.ok) exit.code = exitCodes.failed
      if (json) printJson(proof)
      else
        printLines(
          proof.ok ? [wholeChain(proof), ...proof.witnesses.map(witnessLine), ...proof.gone] : [proof.sentence],
        )
    })
  withAuditFilter(
    audit
      .command('export')
      .description(
        'all records with their hashes and signed checkpoints, for an auditor to keep and to prove; or some',
      ),
  )
    .requiredOption('--to <file>', 'a new file')
    .option('--csv', 'a table for spreadsheets instead')
    .action(async ({ to, csv, ...filter }: ExportOptions) => {
      const query = auditQuery(filter)
      const bytes = await saveStream(`/audit/export.${csv === true ? 'csv' : 'jsonl'}`, to, query)
      const isWhole = Object.values(query).every((value) => value === undefined)
      const some = isWhole || csv === true ? '' : ' It holds only some records, and so cannot be proven whole.'
      printLines([`${to}: ${bytes} bytes.${some}`])
    })
}

function addTo(file: string, files: string[]): string[] {
  return [...files, file]
}

function wholeChain({ records, head }: { records: number; head: string }): string {
  return `${records} records, none changed. Head: ${head}`
}

function heldAgainst({ checkpoints, key }: WholeExport): string {
  if (checkpoints === 0) return 'No checkpoint was there to hold it against: a cut end would not be seen.'
  const signed = `Held against ${checkpoints} signed ${checkpoints === 1 ? 'checkpoint' : 'checkpoints'}`
  switch (key.knownFrom) {
    case 'given key':
      return `${signed}; they are signed by the key that you gave.`
    case 'witness':
      return `${signed}; what the witness kept is signed by the same key.`
    case 'export':
      return `${signed}, but only the export itself says whose key signed them: whoever made the export could have made the key too.`
  }
}

/** What to do where nothing but the export speaks for its key. */
function keyLines({ checkpoints, key: { fingerprint, knownFrom } }: WholeExport): string[] {
  if (checkpoints === 0 || fingerprint === null || knownFrom !== 'export') return []
  return [
    `The key in the export: ${fingerprint}`,
    `Compare it with the workers' (docs/audit.md says how), note it down, and pin it from then on: --key ${fingerprint}. Or hold the export against what a node kept: --witness FILE.`,
  ]
}

function witnessLine({ name, seq, keptAt, problem }: Witness): string {
  return `${name} holds it up to record ${seq} since ${moment(keptAt)}.${problem === null ? '' : ` ${problem}`}`
}
