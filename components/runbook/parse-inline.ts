/** A piece of a line. */
export type Piece =
  | { kind: 'text' | 'code'; text: string }
  | { kind: 'strong'; pieces: Piece[] }
  | { kind: 'link'; pieces: Piece[]; to: string }

/** Cuts a line at code, what is strong, and links. What is not closed stays text. */
export function parseInline(line: string): Piece[] {
  const found = pattern.exec(line)
  if (!found) return line === '' ? [] : [{ kind: 'text', text: line }]
  const [whole, code, strong, label, to] = found
  const before = line.slice(0, found.index)
  return [
    ...(before === '' ? [] : [{ kind: 'text', text: before } as const]),
    pieceOf({ code, strong, label, to }),
    ...parseInline(line.slice(found.index + whole.length)),
  ]
}

const pattern = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^)\s]+)\)/u

function pieceOf({ code, strong, label, to }: Record<'code' | 'strong' | 'label' | 'to', string | undefined>): Piece {
  if (code !== undefined) return { kind: 'code', text: code }
  if (strong !== undefined) return { kind: 'strong', pieces: parseInline(strong) }
  return { kind: 'link', pieces: parseInline(label ?? ''), to: to ?? '' }
}
