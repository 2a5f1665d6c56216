'use client'

/** Stands in for the whole page when even its frame cannot be made; it must not need anything else of the console. */
export default function GlobalError({ reset }: { error: Error; reset: () => void }) {
  return (
    <html lang="en">
      <head>
        <title>Matriarch</title>
        <meta name="color-scheme" content="dark light" />
      </head>
      <body>
        <main role="alert">
          <h1>The console could not make this page.</h1>
          <p>Its log says why. What it watches goes on without it.</p>
          <button type="button" onClick={reset}>
            Try again
          </button>
        </main>
      </body>
    </html>
  )
}
