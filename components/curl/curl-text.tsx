import { Copy } from '#components/ui/copy.tsx'

/** A line for a shell, with its copy button. */
export function CurlText({ text, label }: { text: string; label: string }) {
  return (
    <div className="relative min-w-0 rounded-md border border-line bg-raised">
      <pre
        tabIndex={0}
        aria-label={label}
        className="overflow-x-auto p-3 pr-10 font-mono text-sm whitespace-pre text-muted"
      >
        {text}
      </pre>
      <Copy text={text} shown="" label={label} className="absolute top-1.5 right-1.5" />
    </div>
  )
}
