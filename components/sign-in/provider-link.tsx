import { paths } from '#components/paths.ts'

/** The way in by way of the provider; a plain link, because the answer is another site's page. */
export function ProviderLink({ name, next }: { name: string; next: string }) {
  return (
    <div className="grid gap-5">
      <a
        href={paths.signInWith(next)}
        className="flex h-10 items-center justify-center rounded-md border border-line-strong px-4 text-center font-medium hover:bg-raised"
      >
        Sign in with {name}
      </a>
      <p className="flex items-center gap-3 text-sm text-faint before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        or with a password
      </p>
    </div>
  )
}
