import { Copy } from '#components/ui/copy.tsx'

interface PasteProps {
  where: string
  text: string
  /** What it mends, for those who cannot see what stands above. */
  of: string
}

/** Text to paste, with where it goes and a button that copies it. */
export function Paste({ where, text, of }: PasteProps) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-1">
      <p className="text-sm text-muted">Fix: {where}</p>
      <div className="flex items-start justify-between gap-2 rounded-md border border-line-strong bg-page py-1 pr-1 pl-3">
        <pre className="min-w-0 py-0.5 font-mono text-sm break-words whitespace-pre-wrap">{text}</pre>
        <Copy text={text} shown="" label={`the fix of: ${of}`} />
      </div>
    </div>
  )
}
