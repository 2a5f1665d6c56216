import { nodes } from './addresses.ts'
import * as control from './control.ts'
import { LabError, UsageError } from './failure.ts'
import type { Victims } from './faults.ts'
import { hostNamed } from './names.ts'
import { describe, nextSteps } from './report.ts'
import { requireRoot } from './root.ts'
import { sqlError } from './sql-error.ts'

const usage = `Usage: npm run lab -- VERB

  up                          start the lab, or what is missing of it
  down                        remove the lab without a trace
  status [--json]             what runs, who leads, who streams
  stop | start NAME           in good order
  kill NAME [--patroni|--postgres]   SIGKILL, both of them or only the one
  freeze | thaw NAME          SIGSTOP, SIGCONT
  isolate | heal NODE         drop the node's traffic to etcd
  cut | join NAME             unplug the network cable
  enrol NODE TOKEN            type a console's invitation on the node
  ctl ARGS                    patronictl, for example: ctl list
  sql [NODE] STATEMENT        on a node, or through HAProxy

NAME is pg-node-1 to pg-node-3 (or 1 to 3), etcd-1 to etcd-3, haproxy or writer.`

/** Gives the exit code. */
type Verb = (args: string[]) => Promise<number>

const verbs: Record<string, Verb> = {
  up: async (args) => {
    expect(args, 0, 'up')
    const startedAt = performance.now()
    const status = await control.up()
    console.log(describe(status))
    if (status.state !== 'up') return 1
    console.log(nextSteps(performance.now() - startedAt))
    return 0
  },
  down: async (args) => {
    expect(args, 0, 'down')
    await control.down()
    console.log('The lab is gone.')
    return 0
  },
  status: async (args) => {
    const isJson = args[0] === '--json'
    expect(args, isJson ? 1 : 0, 'status [--json]')
    const status = await control.status()
    console.log(isJson ? JSON.stringify(status, null, 2) : describe(status))
    return 0
  },
  kill: async (args) => {
    const victims = victimsOf(args)
    const names = args.filter((word) => !word.startsWith('--'))
    expect(names, 1, 'kill NAME [--patroni|--postgres]')
    await control.killNode(names[0] ?? '', victims)
    console.log(`${hostNamed(names[0] ?? '')}: killed.`)
    return 0
  },
  stop: onHost('stop', 'stopped', control.stopNode),
  start: onHost('start', 'started', control.startNode),
  freeze: onHost('freeze', 'frozen', control.freezeNode),
  thaw: onHost('thaw', 'thawed', control.thawNode),
  isolate: onHost('isolate', 'cut off from etcd', control.isolateNode),
  heal: onHost('heal', 'reaches etcd again', control.healNode),
  cut: onHost('cut', 'unplugged', control.cutNode),
  join: onHost('join', 'plugged in', control.joinNode),
  enrol: async (args) => {
    expect(args, 2, 'enrol NODE TOKEN, the token as the console gave it')
    const { exitCode, stdout, stderr } = await control.enrolAgent(args[0] ?? '', args[1] ?? '')
    process.stdout.write(stdout)
    process.stderr.write(stderr)
    return exitCode
  },
  ctl: (args) => control.patronictlHere(args),
  sql: async (args) => {
    const [name, statement] = args.length === 1 ? ['haproxy', args[0]] : args
    if (args.length > 2 || name === undefined || statement === undefined) {
      throw new UsageError('Say: sql [NODE] STATEMENT, the statement in quotes.')
    }
    requireRoot()
    const rows = await control.sql(name, statement).catch((error: unknown) => {
      throw sqlError(name, error)
    })
    console.table(rows)
    return 0
  },
}

// Whoever reads only the first line, as head does, is no failure.
process.stdout.on('error', () => process.exit())
process.exitCode = await main(process.argv.slice(2))

async function main([word = '', ...args]: string[]): Promise<number> {
  if (['', 'help', '--help', '-h'].includes(word)) {
    console.log(usage)
    return word === '' ? 2 : 0
  }
  try {
    const verb = Object.hasOwn(verbs, word) ? verbs[word] : undefined
    if (verb === undefined)
      throw new UsageError(`There is no verb "${word}": say one of ${Object.keys(verbs).join(', ')}.`)
    return await verb(args)
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(error.message)
      return 2
    }
    console.error(error instanceof LabError ? error.message : error)
    return 1
  }
}

function onHost(verb: string, done: string, act: (name: string) => Promise<void>): Verb {
  return async (args) => {
    expect(args, 1, `${verb} NAME, for example: ${verb} ${nodes[0]}`)
    await act(args[0] ?? '')
    console.log(`${hostNamed(args[0] ?? '')}: ${done}.`)
    return 0
  }
}

function expect(args: string[], count: number, form: string): void {
  if (args.length !== count) throw new UsageError(`Say: ${form}`)
}

function victimsOf(args: string[]): Victims {
  const options = args.filter((word) => word.startsWith('--'))
  const [option] = options
  if (option === undefined) return 'all'
  if (options.length === 1 && option === '--patroni') return 'patroni'
  if (options.length === 1 && option === '--postgres') return 'postgres'
  throw new UsageError(`kill knows --patroni or --postgres, not ${options.join(' ')}.`)
}
