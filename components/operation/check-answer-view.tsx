import { StateMark } from '#components/ui/state-mark.tsx'
import { formatDuration } from '#domain/format.ts'
import type { CheckAnswer } from '#domain/recovery/recovered-data.ts'
import { count } from '#domain/words.ts'

/** What the check query answered, row by row. */
export function CheckAnswerView({ check }: { check: CheckAnswer }) {
  const { query, columns, rows, isCut, problem, ms } = check
  return (
    <section aria-label="Check query" className="grid gap-2">
      <h3 className="font-medium">Check query</h3>
      <pre tabIndex={0} className="overflow-x-auto rounded-md bg-page px-3 py-2 font-mono text-sm whitespace-pre-wrap">
        {query}
      </pre>
      {problem === null ? (
        <>
          {columns.length === 0 ? null : (
            <div
              role="region"
              aria-label="Answer of the check query"
              tabIndex={0}
              className="max-h-72 overflow-auto rounded-md border border-line"
            >
              <table className="w-full border-collapse text-left font-mono text-sm">
                <thead>
                  <tr>
                    {columns.map((column, index) => (
                      // Two columns of an answer may have the same name.
                      <th key={index} scope="col" className="h-7 px-3 font-normal text-faint">
                        {column}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row, index) => (
                    <tr key={index}>
                      {row.map((cell, column) => (
                        <td key={column} className="h-7 max-w-96 border-t border-line px-3 break-words">
                          {cell ?? <span className="text-faint italic">null</span>}
                        </td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
          <p className="text-sm text-muted">
            {count(rows.length, 'row')}
            {isCut ? ', the first of more' : ''}, answered in {ms < 100 ? `${Math.round(ms)} ms` : formatDuration(ms)}.
          </p>
        </>
      ) : (
        <p>
          <StateMark tone="bad">no answer</StateMark> <span className="text-muted">{problem}</span>
        </p>
      )}
    </section>
  )
}
