import { readdirSync, readFileSync } from 'node:fs'

export interface FoundProcess {
  pid: number
  parentPid: number
  command: string
}

/** Every process below this one, whatever group it put itself in. */
export function descendantsOf(pid: number): FoundProcess[] {
  const all = everyProcess()
  const found: FoundProcess[] = []
  const queue = [pid]
  for (let parent = queue.pop(); parent !== undefined; parent = queue.pop()) {
    const children = all.filter(({ parentPid }) => parentPid === parent)
    found.push(...children)
    queue.push(...children.map((child) => child.pid))
  }
  return found
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

function everyProcess(): FoundProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        // The second field is the program's name in brackets, which may hold spaces and brackets.
        const fields = readFileSync(`/proc/${name}/stat`, 'utf8')
          .replace(/^.*\) /s, '')
          .split(' ')
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
        return [{ pid: Number(name), parentPid: Number(fields[1]), command }]
      } catch {
        return []
      }
    })
}
