/** One line for each recovery of the long tests, for their report. */
export const notesFile = '.state/long/notes.jsonl'
