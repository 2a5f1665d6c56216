/** What is wrong with a check query before anybody runs it; empty where nothing is, and where there is none. */
export function checkFault(check: string | null): string[] {
  if (check === null) return []
  if (check.trim() === '') return ['The check query is empty.']
  return check.length > longestCheck ? [`The check query is longer than ${longestCheck} characters.`] : []
}

/** As long as an agent takes it. */
const longestCheck = 4000
