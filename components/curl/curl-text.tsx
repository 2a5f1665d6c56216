import { Copy } from '#components/ui/copy.tsx'

/** A line for a shell, with its copy button. */
export function CurlText({ text, label }: { text: string; label: string }) {
  return (
    <div className="flex min-w-0 items-start gap-1 rounded-md border border-line bg-raised">
      <pre
        tabIndex={0}
        aria-label={label}
        className="min-w-0 flex-1 overflow-x-auto p-3 font-mono text-sm whitespace-pre text-muted"
      >
        {text}
      </pre>
      <Copy text={text} shown="" label={label} className="shrink-0 p-1.5" />
    </div>
  )
}
