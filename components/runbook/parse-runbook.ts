import type { Block } from './runbook-block.ts'

/** Reads the little of Markdown that runbooks are written in: headings, paragraphs, lists, code and tables. All else is text. */
export function parseRunbook(markdown: string): Block[] {
  const lines = markdown.replaceAll('\r\n', '\n').split('\n')
  const blocks: Block[] = []
  let at = 0
  while (at < lines.length) {
    const line = lines[at] ?? ''
    if (line.trim() === '') at += 1
    else {
      const [block, next] = blockAt(lines, at)
      blocks.push(block)
      at = next
    }
  }
  return blocks
}

/** The id of a heading, as links to it are written. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s-]/gu, '')
    .trim()
    .replaceAll(/\s+/gu, '-')
}

const fence = /^```/u
const indented = /^ {4}/u
const heading = /^(#{1,6})\s+(.*)$/u
const item = /^(?:[-*]|(\d+)\.)\s+(.*)$/u
const row = /^\|.*\|\s*$/u
const rule = /^\|[\s|:-]+\|\s*$/u

function blockAt(lines: readonly string[], at: number): [Block, number] {
  const line = lines[at] ?? ''
  if (fence.test(line)) return fencedAt(lines, at)
  if (indented.test(line)) return indentedAt(lines, at)
  const head = heading.exec(line)
  if (head) {
    const [, marks = '', text = ''] = head
    return [{ kind: 'heading', level: marks.length, text, id: anchorOf(text) }, at + 1]
  }
  if (row.test(line) && rule.test(lines[at + 1] ?? '')) return tableAt(lines, at)
  if (item.test(line)) return listAt(lines, at)
  const end = endOf(lines, at, isParagraph)
  return [{ kind: 'text', text: lines.slice(at, end).join(' ') }, end]
}

function fencedAt(lines: readonly string[], at: number): [Block, number] {
  const end = endOf(lines, at + 1, (line) => !fence.test(line))
  return [{ kind: 'code', text: lines.slice(at + 1, end).join('\n') }, end + 1]
}

function indentedAt(lines: readonly string[], at: number): [Block, number] {
  const end = endOf(lines, at, (line) => indented.test(line))
  return [
    {
      kind: 'code',
      text: lines
        .slice(at, end)
        .map((line) => line.slice(4))
        .join('\n'),
    },
    end,
  ]
}

function tableAt(lines: readonly string[], at: number): [Block, number] {
  const end = endOf(lines, at, (line) => row.test(line))
  const [head = [], , ...rows] = lines.slice(at, end).map(cellsOf)
  return [{ kind: 'table', head, rows }, end]
}

function cellsOf(line: string): string[] {
  // What stands between accents is code, bars and all.
  const cells =
    line
      .trim()
      .slice(1, -1)
      .match(/(?:`[^`]*`|[^|`])+|(?<=\|)(?=\|)/gu) ?? []
  return cells.map((cell) => cell.trim())
}

function listAt(lines: readonly string[], at: number): [Block, number] {
  const isOrdered = /^\d/u.test(lines[at] ?? '')
  const items: string[] = []
  let end = at
  for (; end < lines.length; end += 1) {
    const line = lines[end] ?? ''
    const found = item.exec(line)
    if (found && (found[1] !== undefined) === isOrdered) items.push(found[2] ?? '')
    else if (!found && line.trim() !== '' && /^\s/u.test(line)) items.push(`${items.pop() ?? ''} ${line.trim()}`)
    else break
  }
  return [{ kind: 'list', isOrdered, items }, end]
}

function isParagraph(line: string): boolean {
  return line.trim() !== '' && ![fence, heading, item, row].some((pattern) => pattern.test(line))
}

/** The first line from there on that does not belong to it; at least one does. */
function endOf(lines: readonly string[], at: number, belongs: (line: string) => boolean): number {
  let end = at
  while (end < lines.length && belongs(lines[end] ?? '')) end += 1
  return Math.max(end, at + 1)
}
