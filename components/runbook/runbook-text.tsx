import { cx } from 'class-variance-authority'
import { Copy } from '#components/ui/copy.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { linkTarget } from './link-target.ts'
import { parseInline, type Piece } from './parse-inline.ts'
import { parseRunbook } from './parse-runbook.ts'
import type { Block } from './runbook-block.ts'

interface RunbookTextProps {
  markdown: string
  /** Before the ids of its headings, where several stand on one page. */
  idPrefix?: string
  /** The level of its first heading on the page. */
  level?: 2 | 3
}

/** A runbook as text of the page: nothing in it but words, links and commands to copy. */
export function RunbookText({ markdown, idPrefix = '', level = 2 }: RunbookTextProps) {
  return (
    <div className="grid max-w-prose grid-cols-[minmax(0,1fr)] gap-3 break-words">
      {parseRunbook(markdown).map((block, index) => (
        // The blocks of one text have no other identity than their place.
        <Shown key={index} block={block} idPrefix={idPrefix} level={level} />
      ))}
    </div>
  )
}

function Shown({ block, idPrefix, level }: { block: Block; idPrefix: string; level: number }) {
  switch (block.kind) {
    case 'heading': {
      const Heading = headings[Math.min(block.level - 1 + level, 6)] ?? 'h6'
      return (
        <Heading
          id={`${idPrefix}${block.id}`}
          className={cx('scroll-mt-4', block.level === 1 ? 'text-lg font-semibold' : 'pt-2 font-semibold')}
        >
          <Line text={block.text} idPrefix={idPrefix} />
        </Heading>
      )
    }
    case 'text':
      return (
        <p>
          <Line text={block.text} idPrefix={idPrefix} />
        </p>
      )
    case 'list': {
      const List = block.isOrdered ? 'ol' : 'ul'
      return (
        <List className={cx('grid gap-1.5 pl-5', block.isOrdered ? 'list-decimal' : 'list-disc')}>
          {block.items.map((text, index) => (
            <li key={index}>
              <Line text={text} idPrefix={idPrefix} />
            </li>
          ))}
        </List>
      )
    }
    case 'code':
      return (
        <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-2 rounded-md border border-line-strong bg-page py-1 pr-1 pl-3">
          <pre className="py-0.5 font-mono text-sm break-words whitespace-pre-wrap">{block.text}</pre>
          <Copy text={block.text} shown="" label={block.text.split('\n')[0] ?? ''} />
        </div>
      )
    case 'table':
      return <Pairs head={block.head} rows={block.rows} idPrefix={idPrefix} />
  }
}

const headings: Record<number, 'h2' | 'h3' | 'h4' | 'h5' | 'h6'> = { 2: 'h2', 3: 'h3', 4: 'h4', 5: 'h5', 6: 'h6' }

/** What a page says, with what to do: below each other, so that it is read on a phone as well. */
function Pairs({ head, rows, idPrefix }: { head: string[]; rows: string[][]; idPrefix: string }) {
  return (
    <dl className="grid gap-3 border-l-2 border-line pl-4">
      {rows.map(([first = '', ...others], index) => (
        <div key={index} className="grid gap-0.5">
          <dt className="font-medium">
            <span className="sr-only">{head[0]}: </span>
            <Line text={first} idPrefix={idPrefix} />
          </dt>
          {others.map((text, place) => (
            <dd key={place} className="text-muted">
              <span className="sr-only">{head[place + 1]}: </span>
              <Line text={text} idPrefix={idPrefix} />
            </dd>
          ))}
        </div>
      ))}
    </dl>
  )
}

function Line({ text, idPrefix }: { text: string; idPrefix: string }) {
  return <Pieces pieces={parseInline(text)} idPrefix={idPrefix} />
}

function Pieces({ pieces, idPrefix }: { pieces: readonly Piece[]; idPrefix: string }) {
  return pieces.map((piece, index) => <Shard key={index} piece={piece} idPrefix={idPrefix} />)
}

function Shard({ piece, idPrefix }: { piece: Piece; idPrefix: string }) {
  switch (piece.kind) {
    case 'text':
      return piece.text
    case 'code':
      return <code className="font-mono text-sm">{piece.text}</code>
    case 'strong':
      return (
        <strong className="font-semibold">
          <Pieces pieces={piece.pieces} idPrefix={idPrefix} />
        </strong>
      )
    case 'link': {
      const href = linkTarget(piece.to, idPrefix)
      const label = <Pieces pieces={piece.pieces} idPrefix={idPrefix} />
      return href === null ? label : <TextLink href={href}>{label}</TextLink>
    }
  }
}
