import { programNames, type NodeLogLine } from '#domain/logs/log-line.ts'
import { plainText, verbatim } from '#domain/operation/report/markdown.ts'

/** What the logs said as Markdown, each log in a fence of its own, with times in UTC; of a long one the first and the last lines. */
export function logsMarkdown(lines: readonly NodeLogLine[]): string[] {
  const byLog = new Map<string, NodeLogLine[]>()
  for (const line of lines) {
    const name = `${programNames[line.program]} on ${line.node}`
    byLog.set(name, [...(byLog.get(name) ?? []), line])
  }
  return [...byLog]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .flatMap(([name, ofLog]) => [`### ${plainText(name)}`, '', ...verbatim(boundLines(ofLog).join('\n'))])
}

const mostOfEach = 50

function boundLines(lines: readonly NodeLogLine[]): string[] {
  const told = lines.map(lineOf)
  if (told.length <= 2 * mostOfEach) return told
  return [...told.slice(0, mostOfEach), `(${told.length - 2 * mostOfEach} lines left out)`, ...told.slice(-mostOfEach)]
}

function lineOf({ at, level, text, times }: NodeLogLine): string {
  const moment = at.toISOString().replace('T', ' ').replace('Z', ' UTC')
  return `${moment} ${level} ${text.replaceAll('\n', '\n    ')}${times === 1 ? '' : ` (${times} times)`}`
}
