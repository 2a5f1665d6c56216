import type { Command } from 'commander'
import { count } from '#domain/words.ts'
import { factorKindWords, type Factor } from '#domain/people/factor.ts'
import { printJson, printLines } from '../print.ts'

/** `users factors`, `users vouch` and `users reset-factors`: beside the store, for the first who is trusted and for who is locked out. */
export function addFactorCommands(program: Command): void {
  const users = program.commands.find((command) => command.name() === 'users')
  if (!users) throw new Error('the commands of users come first')
  users
    .command('factors <email>')
    .description("list a person's second factors, on the machine of the console's store")
    .option('--json', 'print them as JSON')
    .action(async (email: string, options: { json?: boolean }) => {
      const { factorsBesideStore } = await import('#tools/factors-beside-store.ts')
      const factors = await factorsBesideStore(email)
      if (options.json) printJson(factors)
      else if (factors.length === 0) printLines([`${email} has no second factor.`])
      else printLines(factors.map(lineOf))
    })
  users
    .command('vouch <email>')
    .description(
      "say that a person's second factors are theirs, so that they count for approvals, on the machine of the console's store",
    )
    .option('--factor <id>', 'only this one (matriarch users factors EMAIL lists them)')
    .option('--json', 'print {vouchedFor}')
    .action(async (email: string, options: { factor?: string; json?: boolean }) => {
      const { vouchBesideStore } = await import('#tools/factors-beside-store.ts')
      const vouchedFor = await vouchBesideStore(email, options.factor ?? null)
      if (options.json) printJson({ vouchedFor })
      else if (vouchedFor.length === 0) printLines([`Somebody has vouched for them before.`])
      else printLines([`Vouched for ${count(vouchedFor.length, 'factor')} of ${email}: ${vouchedFor.join(', ')}`])
    })
  users
    .command('reset-factors <email>')
    .description(
      "remove a person's second factors and recovery codes and end their sessions, on the machine of the console's store",
    )
    .option('--json', 'print {removed}')
    .action(async (email: string, options: { json?: boolean }) => {
      const { resetFactorsBesideStore } = await import('#tools/factors-beside-store.ts')
      const removed = await resetFactorsBesideStore(email)
      if (options.json) printJson({ removed })
      else printLines([`${email} signs in with the password alone now; removed: ${removed.join(', ') || 'nothing'}`])
    })
}

function lineOf(factor: Factor): string {
  const vouched = factor.vouched ? `vouched for by ${factor.vouched.by}` : 'not vouched for'
  return `${factor.id}  ${factorKindWords[factor.kind]}  ${factor.name}  ${vouched}`
}
