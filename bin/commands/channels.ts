import type { Command } from 'commander'
import { channelWords, whereOf, type Channel } from '#domain/alerts/notify/channel.ts'
import { change, get } from '../api.ts'
import { exitCodes, type Exit } from '../exit.ts'
import { printJson, printLines, printTable } from '../print.ts'

/** `channels list|test`. */
export function addChannelCommands(program: Command, exit: Exit): void {
  const channels = program.command('channels').description('where people are told of alerts')
  channels
    .command('list')
    .description('channels, without their secrets')
    .option('--json', 'print an array of channels')
    .action(async ({ json }: { json?: boolean }) => {
      const all = await get<Channel[]>('/channels')
      if (json) return printJson(all)
      if (all.length === 0) return printLines(['There is no channel: nobody is told of alerts.'])
      printTable(
        ['name', 'kind', 'state', 'where'],
        all.map(({ name, settings, isPaused }) => [
          name,
          channelWords[settings.kind],
          isPaused ? 'paused' : 'on',
          whereOf(settings),
        ]),
      )
    })
  channels
    .command('test <name>')
    .description('send a test and print what the receiver answered')
    .option('--json', 'print {isAccepted, answer}')
    .action(async (name: string, { json }: { json?: boolean }) => {
      const path = `/channels/${encodeURIComponent(name)}/test`
      const tested = await change<{ isAccepted: boolean; answer: string }>('POST', path, {})
      if (!tested.isAccepted) exit.code = exitCodes.failed
      if (json) return printJson(tested)
      printLines([tested.isAccepted ? `Accepted: ${tested.answer}` : `Not accepted. ${tested.answer}`])
    })
}
