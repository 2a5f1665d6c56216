import { StateIcon } from '#components/ui/state-mark.tsx'

/** Why it was refused, or no longer holds; read out at once. */
export function Problem({ sentence }: { sentence: string }) {
  return (
    <p role="alert" className="flex items-start gap-2.5">
      <StateIcon tone="bad" className="mt-[3px]" />
      <span>{sentence}</span>
    </p>
  )
}
